// The page of a live call. What people said reaches it as data and becomes text nodes only; the policy of the page forbids all else.

const SETTLED = new Set(["covered", "known", "declined", "deferred"]);
const STATES = { covered: "covered", partial: "in part", open: "open", known: "known before", declined: "declined", deferred: "will be sent" };
const FIELDS = { baseline: "before", definition: "what is counted", period: "period", scope: "scope", source: "source" };
const DOCUMENTS = { email: "Thank-you email", outline: "Story outline", checklist: "Verification checklist" };
const FORMS = { html: "Read", docx: "Word", eml: "Mail file", md: "Markdown", csv: "Spreadsheet" };
const ACTS = {
  asked: ["Asked", "a"],
  snooze: ["Later", "s"],
  pin: ["Pin", "p"],
  unpin: ["Unpin", "p"],
  dismiss: ["Dismiss", "d"],
  raised: ["Asked", "a"],
};
const PLANNED = 5; // questions of a column of the plan that are shown before it is unfolded
const MOMENT = 400; // milliseconds after a question has given way to another in which a key may still be meant for the one before
const STILL = matchMedia("(prefers-reduced-motion: reduce)");
const TAIL = 160; // characters of a line that are shown
const PATIENCE = [500, 1000, 2000, 4000]; // milliseconds between attempts to connect

let picture = null;
let shown = ""; // the gap of the large question
let changed = -Infinity; // when it last gave way to another
let latest = ""; // the id of the last event

const $ = (id) => document.getElementById(id);

// Elements

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

const buttons = (...acts) => acts.map((act) => button(act, ...ACTS[act]));

function button(act, label, key) {
  const hint = make("kbd", { "aria-hidden": "true" }, key);
  return make("button", { type: "button", "data-do": act, "aria-keyshortcuts": key }, label, " ", hint);
}

// Bring the children of a parent in line with items. A child whose item is the same stays, and so do its focus and what it unfolds.
function sync(parent, items, key, build) {
  const old = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  const children = items.map((item) => {
    const name = key(item);
    const content = JSON.stringify(item);
    const child = old.get(name);
    if (child?.dataset.content === content) return child;
    const fresh = build(item, child);
    fresh.dataset.key = name;
    fresh.dataset.content = content;
    return fresh;
  });
  const focused = document.activeElement;
  const place = parent.contains(focused) ? [focused.closest("[data-key]")?.dataset.key, focused.dataset.do] : null;
  if (children.length !== parent.children.length || children.some((child, at) => child !== parent.children[at])) {
    parent.replaceChildren(...children);
  }
  if (place && !parent.contains(document.activeElement)) refocus(parent, ...place);
}

function refocus(parent, key, act) {
  const home = key && parent.querySelector(`[data-key="${CSS.escape(key)}"]`);
  (home && (home.querySelector(act ? `[data-do="${CSS.escape(act)}"]` : "button, summary") ?? home.querySelector("button, summary")))?.focus();
}

// Words for values

function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const tail = String(parts[2]).padStart(2, "0");
  return parts[0] ? `${parts[0]}:${String(parts[1]).padStart(2, "0")}:${tail}` : `${parts[1]}:${tail}`;
}

// Who said what a gap is about, or a turn, and when.
function voice(key) {
  const by = picture.board.voices[key];
  if (!by) return "";
  return by.at === null ? by.speaker : `${by.speaker}, ${clock(by.at)}`;
}

function titles() {
  const names = {};
  for (const section of picture.board.sections) {
    for (const topic of section.topics) names[topic.id] = `${section.title} · ${topic.title}`;
  }
  return names;
}

// Straight quotation marks, as they come, to the typographer's; only in what the copilot words.
const curl = (text) => text.replace(/"([^"]*)"/g, "“$1”").replace(/(\w)'/g, "$1’");
const number = (value) => value.toLocaleString("en", { maximumFractionDigits: 2 });
const amount = ({ value, unit }) => {
  const told = Array.isArray(value) ? value.map(number).join(" to ") : number(value);
  return unit ? `${told} ${unit === "percent" ? "%" : unit}` : told;
};
// The value before, without a unit that the number itself names.
const before = ({ baseline, unit }) => amount(unit === baseline.unit && unit !== "percent" ? { ...baseline, unit: "" } : baseline);
const quoted = (text) => `“${text}”`;

// The large question

const IDLE = {
  waiting: ["Waiting for the first words.", "Questions appear here when they are worth asking."],
  live: ["Nothing to ask. Listen.", ""],
  planned: ["Nothing new to ask.", "What the minutes left are best spent on is below."],
  over: ["The time is up.", "If one more can be asked, it is below; the rest goes by email."],
  ended: ["The call is over.", "The email asks for what is needed most."],
};

const isOver = ({ minutes_left: left, state }) => state === "live" && left !== null && left <= 0;

function drawProbe(board) {
  const { probe, plan, state } = board;
  const planned = isOver(board) ? "over" : "planned";
  const [idle, hint] = IDLE[state === "live" && plan?.ask_now.length ? planned : state];
  const gap = probe ? keyOf(probe) : "";
  if (gap !== shown) {
    if (shown) changed = performance.now();
    shown = gap;
    if (!STILL.matches) $("probe").animate({ opacity: [0.2, 1] }, 200);
  }
  $("now").classList.toggle("idle", !probe);
  say($("topic"), probe ? (titles()[probe.topic] ?? "") : "");
  say($("question"), probe ? curl(probe.probe) : idle);
  say($("words"), probe?.text ? quoted(wordsOf(probe)) : "");
  say($("voice"), probe ? voice(keyOf(probe)) : "");
  $("said").hidden = !probe?.text;
  say($("why"), probe ? curl(probe.why) : hint);
  $("acts").hidden = !probe;
  $("acts").dataset.key = gap;
  if (probe && !$("acts").children.length) $("acts").append(...buttons("asked", "snooze", "pin", "dismiss"));
}

const keyOf = (probe) => probe.gap ?? "";
const wordsOf = (probe) => picture.board.voices[keyOf(probe)]?.words || probe.text;

// The other questions

// The words that a question is about, with who said them and when.
const saidBy = (probe) => [probe.text && quoted(wordsOf(probe)), voice(keyOf(probe))].filter(Boolean).join(" · ");
const small = (text) => make("p", { class: "small", dir: "auto" }, text);

function drawProbes(name, probes, acts) {
  $(name).hidden = probes.length === 0;
  sync($(`${name}-list`), probes, keyOf, (probe) => {
    return make(
      "li",
      { tabindex: "-1" },
      make("p", { class: "question", dir: "auto" }, curl(probe.probe)),
      small(saidBy(probe) || curl(probe.why)),
      ...(probe.gap ? [make("div", { class: "acts", role: "group", "aria-label": probe.probe }, ...buttons(...acts))] : []),
    );
  });
}

const COLUMNS = [["ask_now", "Ask now"], ["requests", "The email asks"], ["email", "By email"], ["someone_else", "Someone else knows"]];

// What can be done with a planned question: a topic that nobody has touched is no gap.
function planActs({ probe, gap, topic }) {
  const acts = gap ? buttons("asked", "dismiss") : buttons("raised");
  return make("div", { class: "acts", role: "group", "aria-label": probe, "data-key": gap ?? topic, "data-topic": topic }, ...acts);
}

// What the email asks, with the words that it shows, which the question does not repeat.
const drawAsked = ({ text, words }) =>
  make("li", { dir: "auto" }, curl(text), ...words.map(small));

function planned(name, probes) {
  if (name === "requests") return [make("ol", {}, ...probes.map(drawAsked))];
  const acts = name === "ask_now" && picture.board.state === "live" ? (probe) => [planActs(probe)] : () => [];
  const said = (probe) => (name === "ask_now" && probe.text ? [small(saidBy(probe))] : []);
  const rows = probes.map((probe) => make("li", { dir: "auto" }, curl(probe.probe), ...said(probe), ...acts(probe)));
  const rest = rows.splice(PLANNED);
  const more = make("details", {}, make("summary", { class: "small" }, `and ${rest.length} more`), make("ol", {}, ...rest));
  return [make("ol", {}, ...rows), ...(rest.length ? [more] : [])];
}

function drawPlan(board) {
  const { plan, state } = board;
  say($("plan-title"), state === "ended" ? "Still open" : isOver(board) ? "If one more can be asked" : "For the minutes left");
  const titled = (name, title) => (state === "ended" && name === "email" ? "Not in the email" : title);
  const columns = COLUMNS.map(([name, title]) => ({ name, title: titled(name, title), probes: plan?.[name] ?? [] })).filter(({ probes }) => probes.length);
  $("plan").hidden = columns.length === 0;
  placePlan(isOver(board));
  sync($("plan-columns"), columns, ({ name }) => name, ({ name, title, probes }) =>
    make("section", { class: name }, make("h3", {}, title), ...planned(name, probes)),
  );
}

// For one more question the plan comes before what is pinned. Nothing moves that need not, so that what is in focus stays so.
function placePlan(isFirst) {
  const next = $(isFirst ? "pinned" : "parked");
  if ($("plan").nextElementSibling !== next) next.before($("plan"));
}

// Coverage

function drawCoverage(sections) {
  $("coverage").hidden = sections.length === 0;
  const sum = (name) => sections.reduce((all, { coverage }) => all + coverage[name], 0);
  say($("total"), `${sum("covered")} of ${sum("total")}`);
  sync($("sections"), sections.map((section, at) => ({ ...section, at: at + 1 })), ({ id }) => id, drawSection);
}

function drawSection({ title, at, coverage, topics }, old) {
  const bar = make("span", { class: "bar", "aria-hidden": "true" }, ...topics.map(({ state }) => make("i", { class: state })));
  const count = make("span", { class: "figure" }, `${coverage.covered}/${coverage.total}`);
  const row = [make("span", { class: "title", dir: "auto" }, title), bar, count];
  const details = old ?? make("details", {}, make("summary", { "aria-keyshortcuts": String(at) }), make("ul"));
  details.firstElementChild.replaceChildren(...row);
  sync(details.lastElementChild, topics, ({ id }) => id, drawTopic);
  return details;
}

function drawTopic({ title, state, marked }) {
  const settled = SETTLED.has(state);
  const label = settled ? "Reopen" : "Mark covered";
  return make(
    "li",
    { class: state },
    make("span", { class: "title", dir: "auto" }, title),
    make("span", { class: "small" }, marked ? `${STATES[state]}, by you` : STATES[state]),
    make("button", { type: "button", class: "quiet", "data-do": settled ? "open" : "cover", "aria-label": `${label}: ${title}` }, label),
  );
}

// What may be used

const CONSENT = { unasked: "Recording: not asked yet", ungranted: "Recording: asked, no yes yet" };

function drawRecord({ consent, kept_back: kept, last_answer: last, state }) {
  $("record").hidden = state === "waiting";
  say($("consent"), consent.granted !== null ? "" : consent.asked === null ? CONSENT.unasked : CONSENT.ungranted);
  sync($("kept-list"), [...kept].reverse(), ({ turn }) => String(turn), ({ turn, degree }) => {
    const told = degree === "clear" ? "kept out" : "perhaps off the record";
    const by = voice(turn);
    const release = make("button", { type: "button", class: "quiet", "data-do": "release", "aria-label": `Release turn ${turn}` }, "Release");
    return make("li", {}, make("span", { class: "small", dir: "auto" }, `${told}: turn ${turn}${by && ` (${by})`}`), ...(degree === "clear" ? [] : [release]));
  });
  $("keep").hidden = last === null;
  if (!("armed" in $("keep").dataset)) say($("keep"), "Keep the last answer out");
}

// Numbers

const TELLING = new Set(["result", "pain", "cost", "plan"]);

const DURATIONS = new Set(["second", "minute", "hour", "day", "week", "month", "year"]);

// A small count of nothing that was said, such as "a couple of bits", is hardly worth a question.
const isPassing = ({ value, unit, missing, baseline }) =>
  missing.includes("definition") && !baseline && Math.max(...[value].flat()) < 10 && !DURATIONS.has(unit);

function drawMetrics(metrics) {
  const telling = metrics.filter((metric) => TELLING.has(metric.kind) && metric.missing.length && !isPassing(metric)).reverse();
  const rest = metrics.filter((metric) => !telling.includes(metric)).reverse();
  const later = [...telling.slice(5), ...rest];
  $("metrics").hidden = metrics.length === 0;
  say($("metric-count"), String(metrics.length));
  drawNumbers($("metric-list"), telling.slice(0, 5));
  drawNumbers($("more-list"), later);
  $("more").hidden = later.length === 0;
  say($("more-count"), telling.length ? `${later.length} more` : "Show");
}

// What a number measures, where that says more than the number does.
const named = ({ measures, unit, text }) => (measures === unit || text.includes(measures) ? "" : measures);

function drawNumbers(list, metrics) {
  sync(list, metrics, ({ turn, start }) => `${turn}.${start}`, (metric) => {
    // The bound is that of Metric.likely_baseline.
    const known = [named(metric), metric.baseline && `${metric.baseline_chance < 0.5 ? "perhaps before" : "before"}: ${before(metric)}`, metric.period, metric.scope].filter(Boolean).join(" · ");
    const missing = metric.missing.map((field) => FIELDS[field] ?? field).join(", ");
    return make(
      "li",
      {},
      make("span", { class: "title", dir: "auto" }, quoted(metric.text)),
      ...(known ? [make("span", { class: "small", dir: "auto" }, known)] : []),
      make("span", { class: missing ? "missing" : "small" }, missing ? `missing: ${missing}` : "complete"),
    );
  });
}

// The rest

function drawLines(lines) {
  sync($("lines"), lines.slice(-3).map((line, at) => ({ ...line, at })), ({ at }) => String(at), ({ speaker, text, final }) =>
    make("li", { class: final ? null : "interim" }, make("b", {}, make("bdi", {}, speaker)), " ", make("bdi", {}, ending(text))),
  );
}

// The end of a text, which was said last.
const ending = (text) => (text.length <= TAIL ? text : `… ${text.slice(-TAIL).replace(/^\S*\s/, "")}`);

function drawDocuments(documents) {
  $("documents").hidden = documents.length === 0;
  sync($("document-list"), documents, ({ name }) => name, ({ name, forms }) =>
    make(
      "li",
      {},
      make("span", { class: "title" }, DOCUMENTS[name] ?? name),
      ...forms.map((form) =>
        make("a", { href: `/documents/${name}.${form}`, target: form === "html" ? "_blank" : null, rel: "noopener" }, FORMS[form] ?? form),
      ),
    ),
  );
}

function drawTime({ elapsed, minutes_left: left }) {
  say($("elapsed"), clock(elapsed));
  say($("left"), left === null || picture.board.state === "ended" ? "" : left <= 0 ? "time is up" : `${Math.ceil(left)} min left`);
  $("time").classList.toggle("short", left !== null && left <= 5);
}

function drawHead({ session, source, source_lost: lost, state }) {
  say($("session"), session || "Interview");
  say($("source"), source);
  $("end").hidden = state !== "live";
  document.title = `${picture.board.probe ? "● " : ""}${session || "Interview"} · copilot`;
  document.body.dataset.state = state;
  document.body.dataset.source = lost && state !== "ended" ? "lost" : "";
}

// The time that is up is told with no other change of the board.
function passTime(time) {
  Object.assign(picture.board, time);
  drawTime(picture.board);
  drawProbe(picture.board);
  drawPlan(picture.board);
}

function draw() {
  const { board, documents } = picture;
  drawHead(board);
  drawTime(board);
  drawProbe(board);
  drawProbes("pinned", board.pinned, ["asked", "unpin", "dismiss"]);
  drawProbes("parked", board.parked, ["asked", "pin", "dismiss"]);
  drawPlan(board);
  drawCoverage(board.sections);
  drawRecord(board);
  drawMetrics(board.metrics);
  drawLines(board.lines);
  drawDocuments(documents);
  $("warnings").hidden = board.warnings.length === 0;
  sync($("warnings"), board.warnings, (text) => text, (text) => make("li", { dir: "auto" }, text));
  tellLink("open");
}

// Connection

const LINKS = { opening: "Connecting", lost: "Connection lost, trying again", refused: "Open the link that the terminal shows" };
const CALLS = { waiting: "Waiting", live: "Listening", ended: "Ended" };

const heard = ({ source_lost: lost, state }) => (lost && state !== "ended" ? "Connection to the call lost" : CALLS[state]);

function tellLink(state) {
  document.body.dataset.link = state;
  say($("link-text"), state === "open" ? heard(picture.board) : LINKS[state]);
}

function connect(attempt = 0) {
  const events = new EventSource(latest ? `/events?after=${encodeURIComponent(latest)}` : "/events");
  events.onopen = () => {
    attempt = 0;
    if (!picture) return;
    tellLink("open");
    if ($("failure").textContent === UNREACHED) tellFailure("");
  };
  events.onmessage = ({ data, lastEventId }) => {
    picture = JSON.parse(data);
    latest = lastEventId;
    draw();
  };
  events.addEventListener("time", ({ data }) => picture && passTime(JSON.parse(data)));
  events.onerror = async () => {
    // A browser gives up on some failures for good, so the next attempt is always ours.
    events.close();
    tellLink("lost");
    setTimeout(connect, PATIENCE[Math.min(attempt, PATIENCE.length - 1)], attempt + 1);
    const answer = await fetch("/board").catch(() => null);
    if (answer?.status === 401) tellLink("refused");
  };
}

// Actions

const UNREACHED = "That did not reach the copilot. It is tried again when you press once more.";

async function act(action) {
  try {
    const answer = await fetch("/actions", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(action) });
    tellFailure(answer.ok ? "" : await answer.text());
  } catch {
    tellFailure(UNREACHED);
  }
}

function tellFailure(text) {
  say($("failure"), text);
  $("failure").hidden = !text;
}

function actOn(element, what) {
  if (what === "release") return act({ do: what, span: element.closest("li").dataset.key });
  if (what === "raised") return act({ do: what, topic: element.closest(".acts").dataset.topic });
  const topic = element.closest("#coverage li")?.dataset.key;
  if (topic && (what === "cover" || what === "open")) return act({ do: "mark", topic, covered: what === "cover" });
  const gap = element.closest(".acts")?.dataset.key ?? element.closest(".probes li")?.dataset.key;
  return gap ? act({ do: what, gap }) : undefined;
}

document.addEventListener("click", ({ target }) => {
  const pressed = target.closest("button[data-do]");
  if (pressed) actOn(pressed, pressed.dataset.do);
});

// Keys

function move(step) {
  const here = document.activeElement.closest("#coverage li, .probes li");
  const all = here.closest("#coverage") ? [...document.querySelectorAll("#coverage details[open] li")] : [...document.querySelectorAll(".probes li")];
  all[all.indexOf(here) + step]?.querySelector("button[data-do]")?.focus();
}

function unfold(at) {
  const details = $("sections").children[at - 1];
  if (!details) return;
  details.open = true;
  details.querySelector("li button")?.focus();
}

// Where a letter acts without a question in focus: on the large one, the first that is pinned, or the first to ask now.
const atHand = () => (picture?.board.probe ? $("now") : document.querySelector("#pinned-list li, #plan .ask_now li"));

function press(letter) {
  const focused = document.activeElement.closest(".probes li, #plan .ask_now li");
  const here = focused ?? atHand();
  const pressed = [...(here?.querySelectorAll("button[aria-keyshortcuts]") ?? [])].find((one) => one.getAttribute("aria-keyshortcuts") === letter);
  const isFresh = !focused && performance.now() - changed < MOMENT;
  if (pressed && !isFresh && !pressed.closest("[hidden]")) pressed.click();
}

function mark(covered) {
  const topic = document.activeElement.closest("#coverage li")?.dataset.key;
  if (topic) act({ do: "mark", topic, covered });
}

const STEPS = { ArrowDown: 1, ArrowUp: -1 };
const KEYS = {
  a: () => press("a"),
  s: () => press("s"),
  p: () => press("p"),
  d: () => press("d"),
  k: () => keep(),
  c: () => mark(true),
  n: () => mark(false),
  "?": () => $("help").showModal(),
  Escape: () => document.activeElement.blur(),
};

// What a key does here, if anything; arrows scroll the page where there is nothing to go through.
function keyed(key) {
  if (/^[1-9]$/.test(key)) return () => unfold(Number(key));
  if (key in STEPS) return document.activeElement.closest("#coverage li, .probes li") ? () => move(STEPS[key]) : undefined;
  return KEYS[key];
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || $("help").open) return;
  const does = keyed(event.key);
  if (!does) return;
  event.preventDefault();
  does();
});

// What cannot be undone is asked for twice: `label` says what of, `again` does it.
function twice(button, label, question, again) {
  const isSecond = "armed" in button.dataset;
  const arm = (armed) => {
    button.toggleAttribute("data-armed", armed);
    say(button, armed ? question : label);
  };
  arm(!isSecond);
  if (isSecond) again();
  else setTimeout(arm, 4000, false);
}

const end = () => twice($("end"), "End call", "Press again to end", () => act({ do: "end" }));

// The answer that is kept out is the one that was the last at the first press.
function keep() {
  if ($("keep").hidden || $("record").hidden) return;
  if (!("armed" in $("keep").dataset)) $("keep").dataset.turn = picture.board.last_answer;
  const { turn } = $("keep").dataset;
  const by = voice(turn);
  twice($("keep"), "Keep the last answer out", `Press again to keep out turn ${turn}${by && ` (${by})`}`, () => act({ do: "withdraw", span: turn }));
}

$("end").addEventListener("click", end);
$("keep").addEventListener("click", keep);
$("keys").addEventListener("click", () => $("help").showModal());
$("close").addEventListener("click", () => $("help").close());
connect();

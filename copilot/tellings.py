from .findings import Metric
from .mentions import amount
def agreed_metric(reading): return ()
def build_metric(reading,m,kind):
    a=amount(m.quantity,m.unit)
    return Metric(turn=reading.turn.turn,start=m.start,end=m.end,text=reading.turn.text[m.start:m.end],kind=kind,measures=a.unit,value=a.value,unit=a.unit,baseline=m.baseline,period=m.quantity.period)

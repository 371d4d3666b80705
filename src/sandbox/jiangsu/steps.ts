import { createHash } from 'node:crypto'
import { matterOf } from './catalogue.ts'
import { guidOf, nowOf, type Office } from './office.ts'
import type { CaseRecord, Operation } from './state.ts'
import { OPERATION_NAMES } from './state-machine.ts'
import { DAY_MS, instantOf, nextEventTime, wallClock } from './times.ts'

/** Adds days; working days pass over Saturdays and Sundays, which is the platform's own calendar (contract section 7). */
function after(at: string, days: number, unit: string): string {
  let ms = instantOf(at)
  for (let left = days; left > 0; ) {
    ms += DAY_MS
    const weekday = new Date(`${wallClock(ms).slice(0, 10)}T00:00:00Z`).getUTCDay()
    if (unit !== '1' || (weekday !== 0 && weekday !== 6)) left -= 1
  }
  return wallClock(ms)
}

/** A small valid PDF of one line. */
export function pdfOf(line: string): Buffer {
  const content = `BT /F1 16 Tf 60 760 Td (${line}) Tj ET`
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 4 0 R>>>>/Contents 5 0 R>>',
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
    `<</Length ${content.length}>>stream\n${content}\nendstream`,
  ]
  let text = '%PDF-1.4\n'
  const entries = objects.map((object, place) => {
    const offset = text.length
    text += `${place + 1} 0 obj${object}endobj\n`
    return `${String(offset).padStart(10, '0')} 00000 n \n`
  })
  const start = text.length
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries.join('')}`
  return Buffer.from(
    `${text}trailer<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${start}\n%%EOF\n`,
    'latin1',
  )
}

function addResult(record: CaseRecord, name: string): void {
  const place = record.results.length + 1
  const bytes = pdfOf(`FAKE RESULT ${record.flowsn} ${place}`)
  record.results.push({
    attachguid: guidOf(`result ${record.projectguid} ${place}`),
    attachname: `${name}.pdf`,
    size: bytes.length,
    base64: bytes.toString('base64'),
    resultname: name,
    resultno: `苏测〔${record.flowsn.slice(4, 8)}〕${record.flowsn.slice(-4)}号`,
  })
}

/** Makes one operation: the status after it, its time, and the dates and documents that go with it. */
export function operate(
  office: Office,
  record: CaseRecord,
  { operation, status }: { readonly operation: string; readonly status: number },
  by: { readonly who: string; readonly remarks: string },
): Operation {
  const matter = matterOf(record.taskguid)
  const operatedate = nextEventTime(record.operations.at(-1)?.operatedate, nowOf(office))
  const done: Operation = {
    operatetype: operation,
    operatename: OPERATION_NAMES[operation] ?? '',
    operateusername: by.who,
    operatedate,
    remarks: by.remarks,
    ouname: matter.ouname,
  }
  record.operations.push(done)
  record.status = status
  if (operation !== '22' && operation !== '11') delete record.correction
  if (operation === '23' && record.acceptdate === '') {
    record.acceptdate = operatedate
    record.promiseenddate = after(operatedate, Number(matter.promise_day), matter.promise_type)
  }
  if (operation === '60' || operation === '51' || operation === '24') {
    record.banjiedate = operatedate
    if (operation !== '24') record.banjieresult = operation === '60' ? '40' : '50'
    addResult(
      record,
      operation === '60' ? matter.resultname : operation === '51' ? '不予许可决定书' : '不予受理通知书',
    )
  }
  return done
}

/** Lower-case hex SM3, with which a result file goes out. */
export const sm3 = (bytes: Buffer): string => createHash('sm3').update(bytes).digest('hex')

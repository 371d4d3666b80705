import { createHash } from 'node:crypto'
import { matterOf } from './catalogue.ts'
import type { CaseRecord } from './state.ts'

/** One result document (contract 4m). */
export interface ResultDocument {
  readonly fileId: string
  readonly fileName: string
  readonly bytes: Buffer
  /** 32 lower-case hexadecimal digits. */
  readonly md5: string
}

const FONT = '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>'

/** A PDF of one page with one line of ASCII text. The same text always gives the same bytes. */
export function pdfOf(line: string): Buffer {
  const content = `BT /F1 14 Tf 60 760 Td (${line}) Tj ET`
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>',
    `<</Length ${content.length}>>stream\n${content}\nendstream`,
    FONT,
  ]
  let text = '%PDF-1.4\n'
  const entries = objects.map((object, place) => {
    const offset = text.length
    text += `${place + 1} 0 obj${object}endobj\n`
    return `${String(offset).padStart(10, '0')} 00000 n \n`
  })
  const start = text.length
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries.join('')}`
  text += `trailer<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${start}\n%%EOF\n`
  return Buffer.from(text, 'latin1')
}

/** The documents of a concluded case: the decision, and from the delivery on the receipt for it. */
export function resultDocuments(record: CaseRecord): readonly ResultDocument[] {
  const wasDenied = record.steps.some(({ state }) => state === '12')
  const name = matterOf(record.serviceCode).resultName
  const decision = wasDenied ? '不予许可决定书' : name
  const titles = record.state === '07' ? ['不予受理通知书'] : [decision]
  if (record.state === '30') titles.push('送达回证')
  return titles.map((title, place) => {
    const bytes = pdfOf(`FAKE RESULT ${record.projid} ${place + 1}`)
    const md5 = createHash('md5').update(bytes).digest('hex')
    return { fileId: `${record.projid}R${place + 1}`, fileName: `${title}.pdf`, bytes, md5 }
  })
}

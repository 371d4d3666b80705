import { entryOf } from '../entries.ts'
import { SPARE_MS } from './config.ts'
import { nowOf, type Office, randomHex } from './office.ts'
import { sha256 } from './signature.ts'
import type { CaseRecord, StoredFile } from './state.ts'

/** The file at a path, as long as it was used or is not older than a day (contract 4.d.1). */
export function fileAt(office: Office, attPath: string): StoredFile | undefined {
  const { files } = office.state
  const file = entryOf(files, attPath)
  return file !== undefined && (file.used || nowOf(office) - file.at <= SPARE_MS) ? file : undefined
}

/** Keeps an upload under a new path. */
export function keepUpload(
  office: Office,
  upload: {
    readonly projId: string
    readonly suffId: string
    readonly attName: string
    readonly bytes: Buffer
  },
): { readonly attPath: string; readonly file: StoredFile } {
  const { projId, suffId, attName, bytes } = upload
  const extension = attName.slice(attName.lastIndexOf('.') + 1).toLowerCase()
  const attPath = `oss://fake/${projId}/${randomHex(8)}.${extension}`
  const file: StoredFile = {
    projId,
    suffId,
    attName,
    size: bytes.length,
    digest: sha256(bytes),
    base64: bytes.toString('base64'),
    at: nowOf(office),
    used: false,
  }
  office.state.files[attPath] = file
  return { attPath, file }
}

/** Makes a small PDF of one line and keeps it as a document of the case. Gives its path. */
export function keepDocument(office: Office, record: CaseRecord, attName: string, line: string): string {
  const bytes = pdfOf(line)
  record.files += 1
  const attPath = `oss://fake/${record.projId}/${record.files}-${randomHex(4)}.pdf`
  office.state.files[attPath] = {
    projId: record.projId,
    attName,
    size: bytes.length,
    digest: sha256(bytes),
    base64: bytes.toString('base64'),
    at: nowOf(office),
    used: true,
  }
  return attPath
}

/** A valid one-page PDF that shows one line of ASCII letters and digits. */
export function pdfOf(line: string): Buffer {
  const content = `BT /F1 18 Tf 60 760 Td (${line.replace(/[^ -'*-[\]-~]/g, ' ')}) Tj ET`
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 4 0 R>>>>/Contents 5 0 R>>',
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
    `<</Length ${content.length}>>\nstream\n${content}\nendstream`,
  ]
  let body = '%PDF-1.4\n'
  const offsets: number[] = []
  for (const [index, object] of objects.entries()) {
    offsets.push(body.length)
    body += `${index + 1} 0 obj\n${object}\nendobj\n`
  }
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries}`
  const trailer = `trailer\n<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${body.length}\n%%EOF\n`
  return Buffer.from(`${body}${table}${trailer}`, 'latin1')
}

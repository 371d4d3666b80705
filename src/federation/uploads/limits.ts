/** Whether an upload is what a matter takes for a document: its formats as regions write them, and its size. */
import { type FieldError, fault } from '../../errors.ts'
import type { MatterDocument } from '../../schemas/matter.ts'

/** What a region's word for a format stands for, as extensions. A word that is not here is no ground to refuse a file. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  jpg: ['jpg', 'jpeg'],
  jpeg: ['jpg', 'jpeg'],
  png: ['png'],
  image: ['jpg', 'jpeg', 'png'],
  图片: ['jpg', 'jpeg', 'png'],
  pdf: ['pdf'],
  ofd: ['ofd'],
  // The rest names what is never among the uploads: a material that takes these alone takes none of them.
  word: ['doc', 'docx'],
  doc: ['doc'],
  docx: ['docx'],
  wps: ['wps'],
  excel: ['xls', 'xlsx'],
  xls: ['xls'],
  xlsx: ['xlsx'],
  ppt: ['ppt'],
  pptx: ['pptx'],
  txt: ['txt'],
  gif: ['gif'],
  bmp: ['bmp'],
  tif: ['tif', 'tiff'],
  tiff: ['tif', 'tiff'],
  dwg: ['dwg'],
  zip: ['zip'],
  rar: ['rar'],
}

/** The extensions by the content type, which was read from the bytes when the file came. */
const EXTENSIONS: Readonly<Record<string, readonly string[]>> = {
  'application/pdf': ['pdf'],
  'application/ofd': ['ofd'],
  'image/jpeg': ['jpg', 'jpeg'],
  'image/png': ['png'],
}

const KIB = 1024

/** `.PDF`, `pdf` and ` pdf` are one word. */
const wordOf = (format: string): string => format.trim().replace(/^\./, '').toLowerCase()

/** Whether the content type is among the formats; true as soon as one of them is a word that nobody knows. */
export function isAmong(formats: readonly string[], contentType: string): boolean {
  const own = EXTENSIONS[contentType] ?? []
  return formats.some((format) => {
    const stands = WORDS[wordOf(format)]
    return stands === undefined || stands.some((extension) => own.includes(extension))
  })
}

/** The extensions to choose a file from: of what is taken at all, what the document's formats stand for. */
export const extensionsFor = (formats: readonly string[] = []): readonly string[] =>
  Object.entries(EXTENSIONS).flatMap(([contentType, extensions]) =>
    formats.length === 0 || isAmong(formats, contentType) ? extensions : [],
  )

/** Faults of one upload against the document that it is for. `at` points to the upload. */
export function limitFaults(
  upload: { readonly contentType: string; readonly size: number },
  { formats = [], maxBytes }: Pick<MatterDocument, 'formats' | 'maxBytes'>,
  at: string,
): FieldError[] {
  const wanted = formats.join(', ')
  return [
    ...(formats.length === 0 || isAmong(formats, upload.contentType)
      ? []
      : [
          fault(
            at,
            'FILE_TYPE',
            `这份材料只收 ${wanted}, 请换一种格式重新上传`,
            `The document is taken as ${wanted}; upload it in one of these`,
          ),
        ]),
    ...(maxBytes === undefined || upload.size <= maxBytes
      ? []
      : [
          fault(
            at,
            'FILE_SIZE',
            `这份材料的文件不能超过 ${Math.floor(maxBytes / KIB)} KiB, 请压缩后重新上传`,
            `A file of this document may have ${Math.floor(maxBytes / KIB)} KiB at most; make it smaller and upload it again`,
          ),
        ]),
  ]
}

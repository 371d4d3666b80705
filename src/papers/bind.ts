/** Binds pages into one PDF, in the order in which they were handed in. */
import { PDFDocument } from '@cantoo/pdf-lib'
import { GatewayError } from '../errors.ts'

interface Page {
  readonly jpeg: Buffer
  readonly width: number
  readonly height: number
}

/** The longer side of a bound page, in points: that of A4. */
const LONGER = 841.89

export async function bind(pages: readonly Page[]): Promise<Buffer> {
  const document = await PDFDocument.create()
  for (const { jpeg, width, height } of pages) {
    const scale = LONGER / Math.max(width, height)
    const size = { width: width * scale, height: height * scale }
    const page = document.addPage([size.width, size.height])
    page.drawImage(await document.embedJpg(jpeg), { x: 0, y: 0, ...size })
  }
  return Buffer.from(await document.save())
}

/** How many pages a PDF has that somebody brought. @throws GatewayError `FILE_TYPE_UNSUPPORTED` for one that cannot be read, as when it is locked */
export async function pagesIn(bytes: Buffer): Promise<number> {
  try {
    return (await PDFDocument.load(bytes, { updateMetadata: false })).getPageCount()
  } catch (cause) {
    throw new GatewayError('FILE_TYPE_UNSUPPORTED', { known: ['pdf', 'jpg', 'png'] }, { cause })
  }
}

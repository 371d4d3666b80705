/** A small OFD document (GB/T 33190): a ZIP with an XML for the document, its one page and its title. */
import { crc32 } from 'node:zlib'

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
const SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'

/** ZIP 2.0, stored without compression, UTF-8 names, on the first day that the format can say. */
const VERSION = 20
const FIRST_DAY = 0x21

const ENTRY = Buffer.from('504b0304', 'hex')
const LISTED = Buffer.from('504b0102', 'hex')
const END = Buffer.from('504b0506', 'hex')

const u16 = (value: number): Buffer => {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}
const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

/** A ZIP of small texts. The same texts always give the same bytes. */
function zipOf(files: Readonly<Record<string, string>>): Buffer {
  const entries: Buffer[] = []
  const listing: Buffer[] = []
  let offset = 0
  for (const [path, text] of Object.entries(files)) {
    const [name, content] = [Buffer.from(path), Buffer.from(text)]
    const sizes = [u32(crc32(content)), u32(content.length), u32(content.length), u16(name.length), u16(0)]
    const common = Buffer.concat([u16(VERSION), u16(0), u16(0), u16(0), u16(FIRST_DAY), ...sizes])
    const entry = Buffer.concat([ENTRY, common, name, content])
    // After the common part: no comment, first disk, no attributes, and where the entry lies.
    listing.push(LISTED, u16(VERSION), common, u16(0), u16(0), u16(0), u32(0), u32(offset), name)
    entries.push(entry)
    offset += entry.length
  }
  const list = Buffer.concat(listing)
  const count = u16(Object.keys(files).length)
  const end = [END, u16(0), u16(0), count, count, u32(list.length), u32(offset), u16(0)]
  return Buffer.concat([...entries, list, ...end])
}

/** An OFD of one empty page whose title is a line of ASCII text. */
export function ofdOf(title: string): Buffer {
  return zipOf({
    'OFD.xml': `${HEAD}<ofd:OFD ${SPACE} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:Title>${title}</ofd:Title></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`,
    'Doc_0/Document.xml': `${HEAD}<ofd:Document ${SPACE}><ofd:CommonData><ofd:MaxUnitID>2</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>`,
    'Doc_0/Pages/Page_0/Content.xml': `${HEAD}<ofd:Page ${SPACE}><ofd:Content><ofd:Layer ID="2"/></ofd:Content></ofd:Page>`,
  })
}

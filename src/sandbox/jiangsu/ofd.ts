import { crc32 } from 'node:zlib'

const NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
const HEAD = '<?xml version="1.0" encoding="UTF-8"?>'

/** One entry of a ZIP, stored as it is; its time is the first that the format knows. */
function entry(name: string, content: Buffer, offset: number): { local: Buffer; central: Buffer } {
  const path = Buffer.from(name)
  const common = Buffer.alloc(26)
  common.writeUInt16LE(20, 0)
  common.writeUInt16LE(0x21, 8)
  common.writeUInt32LE(crc32(content), 10)
  common.writeUInt32LE(content.length, 14)
  common.writeUInt32LE(content.length, 18)
  common.writeUInt16LE(path.length, 22)
  const rest = Buffer.alloc(14)
  rest.writeUInt32LE(offset, 10)
  return {
    local: Buffer.concat([Buffer.from('PK\x03\x04'), common, path, content]),
    central: Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, rest, path]),
  }
}

function zipOf(files: readonly (readonly [name: string, text: string])[]): Buffer {
  let offset = 0
  const entries = files.map(([name, text]) => {
    const made = entry(name, Buffer.from(text), offset)
    offset += made.local.length
    return made
  })
  const central = Buffer.concat(entries.map((one) => one.central))
  const end = Buffer.alloc(18)
  end.writeUInt16LE(files.length, 4)
  end.writeUInt16LE(files.length, 6)
  end.writeUInt32LE(central.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...entries.map((one) => one.local), central, Buffer.from('PK\x05\x06'), end])
}

/** A small OFD (GB/T 33190) of one empty page, with a title. */
export const ofdOf = (title: string): Buffer =>
  zipOf([
    [
      'OFD.xml',
      `${HEAD}<ofd:OFD ${NAMESPACE} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>${'0'.repeat(32)}</ofd:DocID><ofd:Title>${title}</ofd:Title></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`,
    ],
    [
      'Doc_0/Document.xml',
      `${HEAD}<ofd:Document ${NAMESPACE}><ofd:CommonData><ofd:MaxUnitID>2</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>`,
    ],
    [
      'Doc_0/Pages/Page_0/Content.xml',
      `${HEAD}<ofd:Page ${NAMESPACE}><ofd:Content><ofd:Layer ID="2"/></ofd:Content></ofd:Page>`,
    ],
  ])

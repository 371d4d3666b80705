/** What a file is, by its bytes. Names, extensions and content types are claims of whoever sent it, and are not asked. */

/** Kinds that are told apart, so that a person can be told what to do. `unknown` is none of them. */
export type Kind =
  | 'jpeg'
  | 'png'
  | 'gif'
  | 'webp'
  | 'tiff'
  | 'heic'
  | 'video'
  | 'pdf'
  | 'bmp'
  | 'icon'
  | 'archive'
  | 'office'
  | 'program'
  | 'svg'
  | 'html'
  | 'text'
  | 'otherPicture'
  | 'unknown'

/** Heads: at which byte, which bytes in hex. The first that agrees decides. */
const HEADS: readonly (readonly [kind: Kind, at: number, hex: string])[] = [
  ['jpeg', 0, 'ffd8ff'],
  ['png', 0, '89504e470d0a1a0a'],
  ['gif', 0, '474946383761'],
  ['gif', 0, '474946383961'],
  ['webp', 8, '57454250'],
  ['tiff', 0, '49492a00'],
  ['tiff', 0, '4d4d002a'],
  ['tiff', 0, '49492b00'],
  ['tiff', 0, '4d4d002b'],
  ['otherPicture', 0, '0000000c6a502020'], // JPEG 2000
  ['otherPicture', 0, '0000000c4a584c20'], // JPEG XL in a container
  ['otherPicture', 0, 'ff0a'], // JPEG XL
  ['otherPicture', 0, '38425053'], // Photoshop
  ['icon', 0, '00000100'],
  ['icon', 0, '00000200'],
  ['archive', 0, '504b0304'], // also OFD, docx
  ['archive', 0, '504b0506'],
  ['archive', 0, '526172211a07'],
  ['archive', 0, '377abcaf271c'],
  ['archive', 0, '1f8b'],
  ['archive', 0, '425a68'],
  ['archive', 0, 'fd377a585a00'],
  ['archive', 257, '7573746172'],
  ['office', 0, 'd0cf11e0a1b11ae1'],
  ['program', 0, '4d5a'],
  ['program', 0, '7f454c46'],
  ['pdf', 0, '255044462d'],
  ['video', 0, '1a45dfa3'],
]

/** Brands of an ISO container (`ftyp`) that hold a still picture; any other is a film. */
const STILL = /^(hei[csxm]|hev[cmx]|mif[12]|msf1|avi[fs])$/

/** So much of a text is looked at. */
const LOOK = 4096

/** What these bytes are. */
export function sniff(bytes: Buffer): Kind {
  const head = HEADS.find(([, at, hex]) => bytes.subarray(at, at + hex.length / 2).toString('hex') === hex)
  if (head) return head[0]
  if (bytes.toString('latin1', 4, 8) === 'ftyp')
    return STILL.test(bytes.toString('latin1', 8, 12)) ? 'heic' : 'video'
  // "BM" begins words too; a bitmap says its own length behind it and the length of its header further on.
  if (bytes.toString('latin1', 0, 2) === 'BM' && bytes.length >= 26 && bytes.readUInt32LE(14) <= 124)
    return 'bmp'
  return text(bytes.subarray(0, LOOK))
}

function text(start: Buffer): Kind {
  const isUtf16 = ['fffe', 'feff'].includes(start.subarray(0, 2).toString('hex'))
  const written = start.toString('latin1').replaceAll('\0', isUtf16 ? '' : '\0')
  if (/%PDF-/.test(written)) return 'pdf'
  if (/<svg[\s>]/i.test(written)) return 'svg'
  if (/<(!doctype html|html|head|body|script|iframe|img)[\s>]/i.test(written)) return 'html'
  // Control characters other than white space do not stand in a text.
  return start.length > 0 && (isUtf16 || !hasControls(start)) ? 'text' : 'unknown'
}

const hasControls = (start: Buffer): boolean =>
  start.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0c && byte !== 0x0d)

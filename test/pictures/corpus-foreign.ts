/** What is no picture at all, or a picture of another kind. */
import { gzipSync } from 'node:zlib'
import { chance, HTML, header, padded, png } from './parts.ts'
import { group, type Sample } from './sample.ts'
import { scene } from './scene.ts'

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="500" height="500"><script>CANARY</script></svg>'

export const texts = () =>
  group('refused', {
    'nothing at all': '',
    'one byte': 'x',
    'a text': '这是照片, CANARY',
    'a JSON': '{"photo":"data:image/png;base64,CANARY"}',
    'a script': 'alert("CANARY")',
    'a data URL of a picture': 'data:image/jpeg;base64,/9j/4AAQSkZJRg==',
    'a picture in Base64': '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQ==',
    'a page': HTML,
    'a page behind white space': `\n\n   ${HTML}`,
    'a page in UTF-16': Buffer.from(`\ufeff${HTML}`, 'utf16le'),
    'a page behind a byte order mark': Buffer.from(`\ufeff${HTML}`),
    'a drawing': SVG,
    'a drawing with an XML head': `<?xml version="1.0"?>${SVG}`,
    'a drawing with a doctype that grows': `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>${SVG}`,
    'a drawing that reads a file': `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY f SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg"><text>&f;</text></svg>`,
    'a drawing behind a comment': `<!-- JFIF -->${SVG}`,
    'a drawing in UTF-16': Buffer.from(`\ufeff${SVG}`, 'utf16le'),
    'a drawing that is packed': gzipSync(SVG),
    'an XML': '<?xml version="1.0"?><photo/>',
    PostScript: '%!PS-Adobe-3.0\nshowpage',
    'a script for ImageMagick': 'push graphic-context\nviewbox 0 0 640 480\nfill "url(https://127.0.0.1/)"',
    'a picture in words (PPM)': `P3\n2 2\n255\n${'255 0 0 '.repeat(4)}`,
    'a picture in bytes (PPM)': `P6\n32 32\n255\n${'\xff\0\0'.repeat(1024)}`,
    'an X bitmap': '#define x_width 16\n#define x_height 16\nstatic char x_bits[] = {0x00};',
    'a CSV': 'a,b,c\n1,2,3\n',
  })

const tar = Buffer.alloc(1024)
tar.write('ustar', 257)

export const heads = () =>
  group('refused', {
    'a PDF': '%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF',
    'a PDF behind something else': `#!/bin/sh\n%PDF-1.7\n%%EOF`,
    'a bitmap (BMP)': Buffer.concat([
      Buffer.from('BM'),
      Buffer.alloc(12),
      Buffer.from('28000000', 'hex'),
      Buffer.alloc(64),
    ]),
    'an icon': padded('000001000100'),
    'a cursor': padded('000002000100'),
    'a ZIP': padded('504b0304'),
    'an empty ZIP': padded('504b0506', 18),
    'a ZIP that is called photo.jpg inside': Buffer.concat([
      padded('504b0304', 26),
      Buffer.from('photo.jpg'),
    ]),
    'a RAR': padded('526172211a0700'),
    'a 7z': padded('377abcaf271c'),
    'a gzip': gzipSync('CANARY'),
    'a bzip2': padded('425a6839'),
    'an xz': padded('fd377a585a00'),
    'a tar': tar,
    'an old office document': padded('d0cf11e0a1b11ae1'),
    'a program for Windows': padded('4d5a9000'),
    'a program for Linux': padded('7f454c46'),
    'a Photoshop file': padded('38425053'),
    'a JPEG 2000': padded('0000000c6a5020200d0a870a'),
    'a JPEG XL': padded('ff0a'),
    'a JPEG XL in a container': padded('0000000c4a584c200d0a870a'),
    'a HEIC': padded('0000001866747970686569630000000068656963'),
    'an AVIF': padded('0000001866747970617669660000000061766966'),
    'a film (MP4)': padded('000000186674797069736f6d0000000069736f6d'),
    'a film (Matroska)': padded('1a45dfa3'),
    'a TIFF, little end first': padded('49492a0008000000'),
    'a TIFF, big end first': padded('4d4d002a00000008'),
    'a BigTIFF': padded('49492b0008000000'),
    'a RIFF that is a sound': padded('5249464600000000574156452020'),
    'a JPEG’s first two bytes': Buffer.of(0xff, 0xd8),
    'a JPEG’s first three bytes': Buffer.of(0xff, 0xd8, 0xff),
    'a PNG’s signature alone': png(),
    'a PNG whose line ends were translated': Buffer.concat([
      Buffer.from('89504e470a1a0a', 'hex'),
      header(32, 32),
    ]),
    'a PNG that was sent as text': Buffer.concat([
      Buffer.from('efbfbd504e470d0a1a0a', 'hex'),
      header(32, 32),
    ]),
    'a thousand zeros': Buffer.alloc(1000),
    'a MiB of zeros': Buffer.alloc(2 ** 20),
    ...Object.fromEntries(
      [11, 12, 13, 14, 15, 16].map((seed) => [`chance, seed ${seed}`, chance(seed, 5000)]),
    ),
  })

export async function otherPictures(): Promise<Sample[]> {
  const gif = await scene({ width: 64, height: 64 }).gif().toBuffer()
  return group('refused', {
    'a GIF': gif,
    'a GIF that is a script': Buffer.concat([
      Buffer.from('GIF89a/*'),
      gif.subarray(8),
      Buffer.from('*/=1;alert("CANARY")'),
    ]),
    'a GIF of 1987': Buffer.concat([Buffer.from('GIF87a'), gif.subarray(6)]),
    'a GIF that moves': Buffer.concat([
      gif.subarray(0, -1),
      Buffer.from('21f90400050000002c', 'hex'),
      gif.subarray(-40),
    ]),
    'a WebP': await scene({ width: 64, height: 64 }).webp().toBuffer(),
    'a WebP without loss': await scene({ width: 64, height: 64 }).webp({ lossless: true }).toBuffer(),
    'a whole TIFF': await scene({ width: 64, height: 64 }).tiff().toBuffer(),
    'a whole AVIF': await scene({ width: 64, height: 64 }).avif({ effort: 0 }).toBuffer(),
  })
}

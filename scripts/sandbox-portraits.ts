/**
 * Draws the pictures that the sandbox serves as photos and thumbnails, and writes `src/sandbox/pictures.json`. Nobody is depicted: a figure of
 * head and shoulders on white, put together from ellipses by the numbers below. Run it by hand: `node scripts/sandbox-portraits.ts`.
 */
import { writeFileSync } from 'node:fs'
import sharp from 'sharp'

/** Pixels of the photo of a document: identity and social security card, passport, driving licence. */
const SIZES = { card: [358, 441], passport: [390, 567], driving: [260, 378] } as const

const SKINS = ['#e9c7a8', '#d9b08c', '#f0d3b8', '#c99d78']
const HAIRS = ['#1f1b1a', '#2d2522', '#4a4644', '#8b8986', '#141414']
const CLOTHES = ['#2f4a6b', '#5a3d4f', '#3f5c45', '#55565a', '#7a5a3a', '#27303f', '#6b2f35']

const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T

/** One figure, in a field of 358 × 441. */
function figure(n: number): string {
  const [skin, hair, cloth] = [pick(SKINS, n), pick(HAIRS, n * 3 + 1), pick(CLOTHES, n)]
  const width = 74 + (n % 4) * 4
  const long = n % 2 === 1
  const brow = 186 + (n % 3) * 2
  const eyes = [-1, 1].map((side) => {
    const x = 179 + side * (32 + (n % 3))
    return `<ellipse cx="${x}" cy="204" rx="13" ry="6.5" fill="#fbfaf8"/><circle cx="${x}" cy="204" r="6" fill="#2a201b"/>
<path d="M${x - 16} ${brow + 4} Q${x} ${brow - 4} ${x + 16} ${brow + 4}" stroke="${hair}" stroke-width="5" fill="none"/>
<ellipse cx="${x}" cy="196" rx="18" ry="5" fill="#000" opacity=".16"/>`
  })
  const glasses =
    n % 5 === 2
      ? '<g fill="none" stroke="#333" stroke-width="3"><circle cx="146" cy="205" r="23"/><circle cx="212" cy="205" r="23"/><path d="M169 203h20"/></g>'
      : ''
  const back = long
    ? `<path d="M${179 - width - 14} 330 Q${179 - width - 26} 90 179 92 Q${179 + width + 26} 90 ${179 + width + 14} 330 Z" fill="${hair}"/>`
    : ''
  return `<rect width="358" height="441" fill="#fff"/>${back}
<path d="M36 441 Q40 356 140 338 L218 338 Q318 356 322 441 Z" fill="${cloth}"/>
<path d="M142 290 h74 v52 q-37 34 -74 0 Z" fill="${skin}"/><path d="M142 300 q37 34 74 0 v20 q-37 30 -74 0 Z" fill="#000" opacity=".10"/>
<path d="M140 338 L179 384 L218 338 L232 346 L179 410 L126 346 Z" fill="#f4f4f2"/>
<ellipse cx="179" cy="218" rx="${width}" ry="98" fill="${skin}"/>
<path d="M${179 - width - 3} 214 Q${179 - width - 6} 108 179 108 Q${179 + width + 6} 108 ${179 + width + 3} 214 Q${179 + width - 8} ${150 + (n % 4) * 6} 179 ${152 + (n % 5) * 4} Q${179 - width + 8} ${150 + (n % 4) * 6} ${179 - width - 3} 214 Z" fill="${hair}"/>
${eyes.join('')}${glasses}
<path d="M179 206 q-3 26 -11 36 q11 8 22 0" fill="none" stroke="#000" stroke-opacity=".28" stroke-width="3.5"/>
<path d="M155 268 q24 ${8 + (n % 3) * 2} 48 0" fill="none" stroke="#9a4a42" stroke-width="5"/>`
}

async function jpeg(svg: string): Promise<Buffer> {
  return sharp(Buffer.from(svg)).jpeg({ quality: 64, chromaSubsampling: '4:2:0' }).toBuffer()
}

const framed = (width: number, height: number, content: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 358 441" preserveAspectRatio="xMidYMax slice">${content}</svg>`

const portrait = async (n: number, [width, height]: readonly [number, number]) => ({
  width,
  height,
  base64: (await jpeg(framed(width, height, figure(n)))).toString('base64'),
})

/** The thumbnail of a licence: a card with a seal, and lines where the words would be. */
const CARD = `<svg xmlns="http://www.w3.org/2000/svg" width="240" height="151"><rect width="240" height="151" fill="#e8efe9"/>
<rect x="6" y="6" width="228" height="139" rx="8" fill="#fff" stroke="#8aa394"/><rect x="18" y="18" width="120" height="10" fill="#35524a"/>
${[44, 60, 76, 92, 108].map((y, n) => `<rect x="18" y="${y}" width="${130 - n * 14}" height="6" fill="#b9c4bd"/>`).join('')}
<rect x="166" y="34" width="54" height="66" fill="#dfe5e1"/><circle cx="193" cy="60" r="13" fill="#aeb8b2"/><path d="M172 100 q21 -40 42 0 z" fill="#aeb8b2"/>
<circle cx="150" cy="118" r="19" fill="none" stroke="#c0392b" stroke-width="3"/></svg>`

const COUNT = 20
const SPECIAL: Readonly<Record<number, keyof typeof SIZES>> = { 4: 'passport', 17: 'driving', 13: 'driving' }
const portraits = []
for (let n = 1; n <= COUNT; n += 1) portraits.push(await portrait(n, SIZES[SPECIAL[n] ?? 'card']))
const thumbnail = { width: 240, height: 151, base64: (await jpeg(CARD)).toString('base64') }
const text = `${JSON.stringify({ portraits, thumbnail }, null, 2)}\n`
writeFileSync(new URL('../src/sandbox/pictures.json', import.meta.url), text)
process.stdout.write(`${portraits.length} portraits, ${text.length} characters\n`)

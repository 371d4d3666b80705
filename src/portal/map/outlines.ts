/** The outlines of the cities on a flat sheet: fitted once, kept as SVG paths of whole numbers. */
import {
  type ExtendedFeatureCollection,
  type GeoProjection,
  geoConicConformal,
  geoDistance,
  geoPath,
} from 'd3-geo'
import { feature } from 'topojson-client'
import data from '../../../data/boundaries.json' with { type: 'json' }
import { CITIES } from '../../schemas/division.ts'

/** Everything is drawn on a sheet of this width; the page makes it as wide as there is room. */
export const SHEET = 1_000
const MARGIN = 12
/** Square, so that a long city does not make a page of its own. */
const SQUARE: [[number, number], [number, number]] = [
  [MARGIN, MARGIN],
  [SHEET - MARGIN, SHEET - MARGIN],
]
const EARTH_KM = 6_371

// A file of JSON has wider types than what it holds; the test reads every outline.
const topology = data as unknown as Parameters<typeof feature>[0]
const outlineOf = new Map(
  CITIES.flatMap(({ division }) => {
    const outline = topology.objects[division]
    return outline ? [[division, feature(topology, outline)] as const] : []
  }),
)
const collection = (divisions: readonly string[]): ExtendedFeatureCollection => ({
  type: 'FeatureCollection',
  features: divisions.flatMap((division) => {
    const outline = outlineOf.get(division)
    return outline?.type === 'Feature' ? [outline] : []
  }),
})

export interface Sheet {
  readonly height: number
  /** Units of the sheet that one step of a path counts. */
  readonly grain: number
  /** The paths by division; cities that lie outside the sheet have none. */
  readonly paths: ReadonlyMap<string, string>
  /** Where a place (WGS-84) lies on the sheet. */
  readonly placeOf: (place: { readonly lon: number; readonly lat: number }) => readonly [number, number]
  readonly bar: { readonly km: number; readonly length: number }
}

/** Writes steps between whole numbers of grains, straight ones as one: a quarter of the length of places with fractions. */
function stepsWriter(grain: number) {
  let path = ''
  let [x, y] = [0, 0]
  let steps: [number, number][] = []
  const grains = (toX: number, toY: number) => [Math.round(toX / grain), Math.round(toY / grain)] as const
  const flush = () => {
    if (steps.length > 0) path += `l${steps.map(([right, down]) => `${right} ${down}`).join(' ')}`
    steps = []
  }
  return {
    moveTo: (toX: number, toY: number) => {
      flush()
      ;[x, y] = grains(toX, toY)
      path += `M${x} ${y}`
    },
    lineTo: (toX: number, toY: number) => {
      const [nextX, nextY] = grains(toX, toY)
      const [right, down] = [nextX - x, nextY - y]
      ;[x, y] = [nextX, nextY]
      if (right === 0 && down === 0) return
      const last = steps.at(-1)
      if (last && last[0] * down === last[1] * right && last[0] * right + last[1] * down > 0) {
        last[0] += right
        last[1] += down
      } else steps.push([right, down])
    },
    closePath: () => {
      flush()
      path += 'z'
    },
    arc: () => {},
    beginPath: () => {},
    written: () => path.replaceAll(' -', '-'),
  }
}

/** A bar of one, two or five tens of kilometres, about a fifth of the sheet. */
function barOf(projection: GeoProjection, height: number): Sheet['bar'] {
  const [from, to] = [
    projection.invert?.([SHEET / 2, height / 2]),
    projection.invert?.([SHEET / 2 + 100, height / 2]),
  ]
  if (!from || !to) throw new Error('the projection has no way back')
  const kmOfUnit = (geoDistance(from, to) * EARTH_KM) / 100
  const km = [200, 100, 50, 20, 10, 5].find((one) => one / kmOfUnit <= SHEET / 4) ?? 2
  return { km, length: Math.round(km / kmOfUnit) }
}

function sheetOf(fitted: readonly string[], grain: number): Sheet {
  const projection = geoConicConformal().rotate([-119, 0]).parallels([29, 33.5])
  const isWhole = fitted.length > 1
  const room = collection(fitted)
  if (isWhole) projection.fitWidth(SHEET, room)
  else projection.fitExtent(SQUARE, room)
  const height = isWhole ? Math.ceil(geoPath(projection).bounds(room)[1][1]) : SHEET
  const paths = new Map<string, string>()
  for (const [division, outline] of outlineOf) {
    const [[west, north], [east, south]] = geoPath(projection).bounds(outline)
    if (east < 0 || south < 0 || west > SHEET || north > height) continue
    const writer = stepsWriter(grain)
    geoPath(projection, writer)(outline)
    paths.set(division, writer.written())
  }
  const placeOf: Sheet['placeOf'] = ({ lon, lat }) => {
    const [x, y] = projection([lon, lat]) ?? [-SHEET, -SHEET]
    return [Math.round(x), Math.round(y)]
  }
  return { height, grain, paths, placeOf, bar: barOf(projection, height) }
}

const sheets = new Map<string, Sheet>()
/** All cities, or one with what lies around it; all for one that has no outline. Each is drawn once; there are 42 at most. */
export function sheet(city?: string): Sheet {
  const division = city !== undefined && outlineOf.has(city) ? city : undefined
  const key = division ?? ''
  const known = sheets.get(key)
  if (known) return known
  const made = division === undefined ? sheetOf([...outlineOf.keys()], 3) : sheetOf([division], 1)
  sheets.set(key, made)
  return made
}

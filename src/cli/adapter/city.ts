/** `delta adapter city`: a folder for a city whose platform speaks otherwise than its province's. */
import { GatewayError } from '../../errors.ts'
import { CITIES } from '../../schemas/division.ts'
import { REGIONS } from '../../schemas/regions.ts'
import type { Args, Said } from '../args.ts'
import { nextSteps, writeFolder } from './write.ts'

/** @throws GatewayError `CONFIGURATION_INVALID` for what is no city of a province, and for a folder that is there already */
export async function newCity({ positionals }: Args): Promise<Said> {
  const [division = ''] = positionals
  const city = CITIES.find((one) => one.division === division)
  // A municipality is its own region: what it does is in the region's folder.
  if (!city || REGIONS.some((region) => region.division === division))
    throw new GatewayError('CONFIGURATION_INVALID', {
      option: 'DIVISION',
      reason: 'is the code of a city of a province in data/cities.json: 330200',
    })
  const id = city.en.toLowerCase().replaceAll(/[^a-z]/g, '')
  const folder = `src/adapters/${city.region}/cities/${id}`
  const files = writeFolder('city', folder, { id, division, zh: city.zh, region: city.region })
  const lines = [
    { file: 'src/adapters/index.ts', line: `import { ${id} } from './${city.region}/cities/${id}/index.ts'` },
    { file: 'src/adapters/index.ts', line: `export const cities: readonly CityDifference[] = [${id}]` },
  ]
  return nextSteps(files, lines, 'docs/adding-a-city.md', folder)
}

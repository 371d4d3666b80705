/** `delta adapter new`: a folder for a region that is not there yet, which compiles, with a red test for each thing that is missing. */
import { GatewayError } from '../../errors.ts'
import { REGIONS } from '../../schemas/regions.ts'
import { type Args, need, option, type Said } from '../args.ts'
import { nextSteps, writeFolder } from './write.ts'

const wrong = (name: string, reason: string) =>
  new GatewayError('CONFIGURATION_INVALID', { option: name, reason })

const capital = (id: string): string => id.slice(0, 1).toUpperCase() + id.slice(1)

/** Rooms beside the regions. */
const TAKEN: readonly string[] = ['kit', 'index']

function idIn({ positionals }: Args): string {
  const [id = ''] = positionals
  if (!/^[a-z]{2,20}$/.test(id)) throw wrong('ID', 'is 2 to 20 small letters, as a folder is called: fujian')
  if (TAKEN.includes(id)) throw wrong('ID', 'is the name of another room')
  return id
}

function divisionIn(args: Args, id: string): string {
  const division = need(args, 'division')
  if (!/^[1-9]\d0000$/.test(division)) throw wrong('--division', 'is the code of a province: 350000')
  const other = REGIONS.find((region) => region.division === division)
  // The region may have been named before its folder was made.
  if (other && (other.id as string) !== id) throw wrong('--division', `is ${other.id}`)
  return division
}

/** @throws GatewayError `CONFIGURATION_INVALID` for a name that cannot be one, and for a folder that is there already */
export async function newAdapter(args: Args): Promise<Said> {
  const id = idIn(args)
  const [division, zh, en] = [divisionIn(args, id), need(args, 'zh'), option(args, 'en') ?? capital(id)]
  if (!/^\p{Script=Han}{2,20}$/u.test(zh)) throw wrong('--zh', 'is a Chinese name: 福建省')
  if (!/^[A-Z][A-Za-z ]{1,39}$/.test(en)) throw wrong('--en', 'is a name in Latin letters: Fujian')
  const folder = `src/adapters/${id}`
  const files = writeFolder('region', folder, { id, Id: capital(id), zh, en, division })
  const names = `{ id: '${id}', short: '${id}', division: '${division}', zh: '${zh}', en: '${en}' },`
  const city = `{ "division": "${division.slice(0, 2)}0100", "zh": "…", "en": "…", "region": "${id}", "lon": 0, "lat": 0 }`
  const levels = '{ "0": { "label": "未实名", "loa": 1 }, "1": { … }, "2": { … }, "3": { … } }'
  const lines = [
    { file: 'src/schemas/regions.ts', line: names },
    { file: 'src/adapters/index.ts', line: `import { ${id} } from './${id}/index.ts'` },
    { file: 'src/adapters/index.ts', line: `${id},` },
    { file: 'src/sandbox/sandbox.ts', line: `${id}: 'not played',` },
    {
      file: 'data/assurance.json',
      line: `"levels": "${id}": ${levels}, "required": "${id}": { "loa": 2, "why": "…" }`,
    },
    { file: 'data/cities.json', line: city },
  ]
  return nextSteps(files, lines, 'docs/adding-a-region.md', folder)
}

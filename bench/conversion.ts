/** Whole conversions a second: parse, check, read, write, check, ledger, serialise, for every pair of dialects, against the bare minimum and JSONata. */
import { readFileSync } from 'node:fs'
import jsonata from 'jsonata'
import { adapters } from '../src/adapters/index.ts'
import type { RegionAdapter } from '../src/adapters/kit/contract.ts'
import { conversions } from '../src/federation/conversions/convert.ts'
import type { Application } from '../src/schemas/application.ts'
import type { Matter } from '../src/schemas/matter.ts'
import { bareMapping } from './bare-mapping.ts'

const filed = { sourceNumber: 'CSJ20260302AAAAAAAAAAAA', appliedAt: '2026-03-02T09:05:00+08:00' }
const vectors = (short: string) =>
  JSON.parse(readFileSync(new URL(`../test/vectors/${short}.json`, import.meta.url), 'utf8')) as {
    config?: { options: Record<string, unknown> }
    directory?: { options: Record<string, unknown> }
  }
const options = Object.fromEntries(
  adapters.map((adapter) => [
    adapter.id,
    (vectors(adapter.place.short).config ?? vectors(adapter.place.short).directory)?.options ?? {},
  ]),
)

/** A matter with a form of five fields and three documents, such as the regions' own. */
const matterOf = (adapter: RegionAdapter): Matter => ({
  id: `${adapter.id}:bench`,
  kind: 'matter',
  name: { zh: '户籍事项证明' },
  region: adapter.id,
  divisions: [adapter.id === 'shanghai' ? '310000' : `${adapter.place.division.slice(0, 2)}0100`],
  regional: { code: '312099003000', version: '3' },
  businessItemCode: '11310000MB0TEX011E231209900300001',
  implementationCode: '11310000MB0TEX011E2312099003000',
  equivalents: [],
  subjects: ['person'],
  agency: { name: '公安局(示例)', code: '340100000000001', uscc: '11330100MB9TX1014N' },
  mode: 'online',
  modes: ['online'],
  handling: 'committed',
  form: {
    fields: [
      ['item', 'select'],
      ['content', 'textarea'],
      ['pickup', 'select'],
      ['area', 'area'],
      ['date', 'date'],
    ].map(([name = '', type]) => ({
      name,
      label: { zh: name },
      type: type as 'text',
      required: true,
      ...(type === 'select' ? { options: [{ value: '1', label: { zh: '一' } }] } : {}),
    })),
  },
  documents: ['D1', 'D2', 'D3'].map((id) => ({
    id,
    name: { zh: `材料${id}` },
    necessity: 'required',
    exemptedBy: [],
    modes: ['upload'],
  })),
  deliveryModes: ['pickup', 'post'],
  servicePoints: [{ id: '078532b4-6d9e-3d4f-0657-373f0c2c9bed', name: '政务服务中心' }],
  state: 'active',
  availability: [],
  fileable: true,
  loa: 2,
  source: 'bench',
  confidence: 'high',
})

const application = (matter: Matter): Application => ({
  matter: matter.id,
  division: matter.divisions[0] ?? '',
  sourceDivision: '320500',
  applicant: {
    kind: 'person',
    name: '测试甲',
    idDocument: { type: '111', number: '310101190001010011' },
    mobile: '10000000000',
    address: '苏州市示例路1号',
  },
  form: {
    item: '1',
    content: '与示例人员曾经同户, 用于办理继承公证',
    pickup: '1',
    area: '320500',
    date: '2026-03-02',
  },
  documents: [
    { id: 'D1', mode: 'upload', uploads: ['up_1m86nef66vzjzp4yxc7k52sd3'] },
    { id: 'D2', mode: 'upload', uploads: ['up_1m86nef66vzjzp4yxc7k52sd4'] },
    { id: 'D3', mode: 'upload', uploads: ['up_1m86nef66vzjzp4yxc7k52sd5'] },
  ],
  delivery: { mode: 'post', name: '测试甲', mobile: '10000000000', address: '苏州市示例路1号' },
  appliedAt: filed.appliedAt,
})

/** Runs something for about `ms` and answers with the best time a round, in microseconds. */
async function best(run: () => unknown, ms = 700): Promise<number> {
  let fastest = Number.POSITIVE_INFINITY
  const until = performance.now() + ms
  while (performance.now() < until) {
    const started = performance.now()
    for (let i = 0; i < 200; i += 1) await run()
    fastest = Math.min(fastest, ((performance.now() - started) * 1000) / 200)
  }
  return fastest
}

/** A document without its values. */
const shapeOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).map(([name, inner]) => [name, shapeOf(inner)])
    : 0

/** Prints the table of pairs. */
export async function benchConversion(): Promise<void> {
  const rows: Record<string, Record<string, string>> = {}
  for (const from of adapters) {
    for (const to of adapters) {
      const matter = matterOf(to)
      const made = conversions({
        adapters,
        options: (region) => options[region] ?? {},
        // A matter at hand, as the catalogue answers it.
        book: { find: () => ({ matter, version: 1 }) },
      })
      const text = JSON.stringify(made.writeApplication(from.id, application(matter), matter, filed))
      const whole = async () => {
        const content: unknown = JSON.parse(text)
        const again = await made.readApplication(from.id, content, filed)
        const { content: written, json } = made.finishApplication(again, from.id, to.id, content, filed)
        return `{"content":${JSON.stringify(written)},"ledger":${json}}`
      }
      const source: unknown = JSON.parse(text)
      const { content: target, ledger } = await made.convertApplication(from.id, to.id, source, filed)
      const plain: unknown = JSON.parse(JSON.stringify(target))
      const bare = jsonata(bareMapping(source, plain, ledger))
      if (JSON.stringify(shapeOf(await bare.evaluate(source))) !== JSON.stringify(shapeOf(plain)))
        throw new Error('the bare mapping makes another document')
      // What nobody can do without: the source is parsed, and the target is written.
      const floor = await best(() => {
        JSON.parse(text)
        return JSON.stringify(plain)
      }, 300)
      const time = await best(whole)
      const jsonataTime = await best(() => bare.evaluate(source))
      rows[`${from.id} → ${to.id}`] = {
        bytes: String(Buffer.byteLength(text)),
        'parse+stringify µs': floor.toFixed(1),
        'conversion µs': time.toFixed(1),
        ratio: (time / floor).toFixed(1),
        'a second': Math.round(1e6 / time).toLocaleString('en'),
        'JSONata, bare, µs': jsonataTime.toFixed(1),
        'times as fast': (jsonataTime / time).toFixed(1),
      }
    }
  }
  console.table(rows)
}

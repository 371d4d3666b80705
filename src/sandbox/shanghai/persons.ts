/** Shanghai's test persons, and the licences they hold (contract section 8). All made up. */
import { createHash } from 'node:crypto'
import type { TestPerson } from '../simulated.ts'

interface Row {
  readonly name: string
  readonly type: string
  readonly number: string
  readonly licences: readonly (readonly [kind: string, status: string])[]
}

const LICENCE_CODES: Readonly<Record<string, string>> = {
  居民身份证: '310000000000111',
  居住证: '310000000000154',
  残疾人证: '310000000000217',
  结婚证: '310000000000219',
  社会保障卡: '310000000000315',
  营业执照: '310000000000821',
  不动产权证书: '310000000000901',
}

const valid = (...kinds: string[]) => kinds.map((kind) => [kind, '有效'] as const)

const ROWS: readonly Row[] = [
  {
    name: '测试甲',
    type: '111',
    number: '310101190001010011',
    licences: valid('居民身份证', '社会保障卡', '结婚证', '不动产权证书'),
  },
  { name: '测试乙', type: '111', number: '320102190102020022', licences: valid('居民身份证', '居住证') },
  { name: '测试丙', type: '111', number: '330106190203030032', licences: [['居民身份证', '过期']] },
  {
    name: '测试丁',
    type: '111',
    number: '340103190304040048',
    licences: [...valid('居民身份证', '残疾人证'), ['居住证', '注销']],
  },
  { name: '测试戊', type: '111', number: '310115190405050050', licences: [] },
  { name: '测试己', type: '111', number: '310101190506060065', licences: valid('社会保障卡') },
  { name: '测试庚', type: '414', number: 'E00000001', licences: [] },
  { name: '上海示例科技有限公司', type: '001', number: '91310000MA1TEXT06C', licences: valid('营业执照') },
  { name: '苏州示例制造有限公司', type: '001', number: '91320500MA1TEXT145', licences: valid('营业执照') },
  { name: '合肥示例设计院有限公司', type: '001', number: '91340100MA2TEXT240', licences: valid('营业执照') },
]

const AGENTS: Readonly<Record<string, number>> = {
  '91310000MA1TEXT06C': 0,
  '91320500MA1TEXT145': 1,
  '91340100MA2TEXT240': 3,
}

export const PERSONS: readonly TestPerson[] = ROWS.map((row, index) => {
  const agent = ROWS[AGENTS[row.number] ?? -1]
  return {
    kind: row.type === '001' ? 'organisation' : 'person',
    name: row.name,
    idType: row.type,
    idNumber: row.number,
    mobile: `1000000000${index % 7}`,
    ...(agent
      ? { agent: { name: agent.name, idNumber: agent.number, mobile: `1000000000${AGENTS[row.number]}` } }
      : {}),
  }
})

/** A licence of a test person. */
export interface Licence {
  readonly certUuid: string
  readonly catMainCode: string
  readonly holderCode: string
  readonly certStatus: string
}

/** Identifiers are made from holder and kind, so that they are the same at every start. */
export const LICENCES: ReadonlyMap<string, Licence> = new Map(
  ROWS.flatMap((row) =>
    row.licences.map(([kind, certStatus]) => {
      const certUuid = createHash('sha256').update(`sh:${row.number}:${kind}`).digest('hex').slice(0, 32)
      return [
        certUuid,
        { certUuid, catMainCode: LICENCE_CODES[kind] ?? '', holderCode: row.number, certStatus },
      ] as const
    }),
  ),
)

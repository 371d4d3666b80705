/** Shanghai's accounts (contract 4.5 and section 8), with a few that the stories of a log-in need. All made up. */
import { createHash } from 'node:crypto'
import type { SimulatedAccount } from '../simulated.ts'

/** What `me.do` tells of an account, and what the log-in page says of it. */
export interface Account extends SimulatedAccount {
  readonly certType: string
  readonly certId: string
  readonly mobile: string
  /** `0`: locked. */
  readonly status: '0' | '1'
  /** Of an organisation: the account of the person who sits there, and who represents it by law. */
  readonly agent?: Account
  readonly lawPerson?: string
}

type PersonRow = readonly [
  id: string,
  name: string,
  certType: string,
  certId: string,
  level: string,
  note?: string,
]

const PERSON_ROWS: readonly PersonRow[] = [
  ['np1', '测试甲', '居民身份证', '310101190001010011', '3'],
  ['np2', '测试乙', '居民身份证', '320102190102020022', '2'],
  ['np3', '测试丙', '居民身份证', '330106190203030032', '1'],
  ['np4', '测试丁', '居民身份证', '340103190304040048', '3'],
  ['np5', '测试戊', '居民身份证', '310115190405050050', '0', '未实名'],
  ['np6', '测试己', '居民身份证', '310101190506060065', '2'],
  ['np7', '测试庚', '护照', 'E00000001', '1', '护照'],
  ['np8', '测试通', '居民身份证', '310101199003070000', '3', '四地都有账号'],
  ['np9', '测试辛', '居民身份证', '310101190708080072', '3', '已锁定'],
  ['np10', '测试童', '居民身份证', '310101201906018019', '3', '未满十四周岁'],
]

const LOCKED: ReadonlySet<string> = new Set(['np9'])

const PERSON_ACCOUNTS: readonly Account[] = PERSON_ROWS.map(
  ([id, name, certType, certId, level, note], index) => ({
    id,
    kind: 'person',
    name,
    level,
    certType,
    certId,
    mobile: `1000000000${index}`,
    status: LOCKED.has(id) ? '0' : '1',
    ...(note ? { note } : {}),
  }),
)

type OrganisationRow = readonly [
  id: string,
  name: string,
  creditCode: string,
  agent: string,
  lawPerson: string,
  level: string,
]

const ORGANISATION_ROWS: readonly OrganisationRow[] = [
  ['lp1', '上海示例科技有限公司', '91310000MA1TEXT06C', 'np1', '测试甲', '3'],
  ['lp2', '苏州示例制造有限公司', '91320500MA1TEXT145', 'np2', '测试丁', '2'],
  ['lp3', '合肥示例设计院有限公司', '91340100MA2TEXT240', 'np4', '测试丁', '3'],
]

const ORGANISATION_ACCOUNTS: readonly Account[] = ORGANISATION_ROWS.flatMap(
  ([id, name, certId, agentId, lawPerson, level]): readonly Account[] => {
    const agent = PERSON_ACCOUNTS.find((one) => one.id === agentId)
    if (!agent) return []
    const note =
      agent.name === lawPerson ? `经办人 ${agent.name}` : `经办人 ${agent.name}, 法定代表人 ${lawPerson}`
    const certType = '统一社会信用代码'
    const { mobile } = agent
    return [
      {
        id,
        kind: 'organisation',
        name,
        level,
        note,
        certType,
        certId,
        mobile,
        status: '1',
        agent,
        lawPerson,
      },
    ]
  },
)

export const ACCOUNTS: readonly Account[] = [...PERSON_ACCOUNTS, ...ORGANISATION_ACCOUNTS]

export const accountOf = (id: string): Account | undefined => ACCOUNTS.find((one) => one.id === id)

/** The user object, bare: all members are there, `""` where they do not apply (contract 4.5). */
export function userObject(account: Account): Readonly<Record<string, string>> {
  const { id, certType, certId, mobile, agent } = account
  return {
    zwdtsw_user_id: `shu-${id}`,
    zwdtsw_user_type: agent ? '法人' : '个人',
    zwdtsw_link_person: (agent ?? account).name,
    zwdtsw_name: account.name,
    zwdtsw_cert_id: certId,
    zwdtsw_cert_type: certType,
    zwdtsw_account: `fake_${id}`,
    zwdtsw_link_phone: mobile,
    zwdtsw_link_cert_type: agent?.certType ?? '',
    zwdtsw_link_cert_id: agent?.certId ?? '',
    zwdtsw_email: '',
    zwdtsw_link_address: '示例地址',
    zwdtsw_zip_code: '',
    zwdtsw_user_status: account.status,
    zwdtsw_after_certification: account.level,
    zwdtsw_law_person: account.lawPerson ?? '',
    zwdtsw_credit_code: agent ? certId : '',
    zwdtsw_org_code: agent ? certId.slice(8, 17) : '',
    zwdtsw_ca_code: '',
    zwdtsw_cert_sn: '',
    zwdtsw_reg_time: '2020-01-01 00:00:00',
    zwdtsw_last_update: '2024-01-01 00:00:00',
    zwdtsw_user_CAcert: '',
    zwdtsw_certificate: '',
    zwdtsw_commerce_code: '',
    encrypt_identity: createHash('sm3').update(`${certType}:${certId}`, 'utf8').digest('hex'),
  }
}

/** The acting person of an application: the agent, or the applicant himself (contract 4.2, trap 13). */
import { GatewayError } from '../../errors.ts'
import type { Agent, Applicant, Application } from '../../schemas/application.ts'
import type { ApplicationContext as C } from '../kit/contract.ts'
import type { Place } from '../kit/trace.ts'
import type { WireApplication as Wire } from './application.wire.ts'
import { certType } from './codes.ts'
import { actsHimself, wordOfCert } from './persons.ts'
import { type Line, lost, tell } from './trace.ts'

const SELF = 'the applicant acts himself'
const LINES_OF_SELF: readonly Line[] = [
  ['merged', ['username'], ['/applicant/name'], '办理人', SELF],
  ['merged', ['licenseType'], ['/applicant/idDocument/type'], '办理人', SELF],
  ['merged', ['licenseNo'], ['/applicant/idDocument/number'], '办理人', SELF],
]

/** The acting person: the agent, or the applicant himself. Written by `acting`, which knows the applicant too. */
export const agent = {
  name: 'username, licenseType, licenseNo, mobile',
  how: 'derived' as const,
  deep: true as const,
  decode: (wire: Wire, _context: C, place: Place): Agent | undefined => {
    if (actsHimself(wire)) {
      if (place.notes) tell(place, LINES_OF_SELF)
      return undefined
    }
    if (place.notes) tell(place, linesOfActing(place.canon, 'copied', 'coded'))
    return {
      name: wire.username,
      idDocument: { type: certType.decode(wire.licenseType, {}, place), number: wire.licenseNo },
      mobile: wire.mobile,
    }
  },
  encode: (): Partial<Wire> => ({}),
  rows: () => [
    {
      canon: '/name',
      wire: ['username'],
      label: '办理人',
      how: 'copied' as const,
      rule: 'text',
      optional: false,
    },
    {
      canon: '/idDocument/type',
      wire: ['licenseType'],
      label: '办理人证件类型',
      how: 'coded' as const,
      rule: certType.name,
      optional: false,
    },
    {
      canon: '/idDocument/number',
      wire: ['licenseNo'],
      label: '办理人证件号码',
      how: 'copied' as const,
      rule: 'text',
      optional: false,
    },
    {
      canon: '/mobile',
      wire: ['mobile'],
      label: '手机',
      how: 'copied' as const,
      rule: 'text',
      optional: false,
    },
  ],
}

const linesOfActing = (from: string, how: Line[0], howType: Line[0]): readonly Line[] => [
  [how, ['username'], [`${from}/name`], '办理人', 'text'],
  [howType, ['licenseType'], [`${from}/idDocument/type`], '办理人证件类型', certType.name],
  [how, ['licenseNo'], [`${from}/idDocument/number`], '办理人证件号码', 'text'],
  ['copied', ['mobile'], [`${from}/mobile`], '手机', 'text'],
]

const missing = (pointer: string, zh: string) =>
  new GatewayError(
    'CONVERSION_INCOMPLETE',
    { field: pointer },
    { errors: [{ pointer, code: 'MISSING', zh, en: 'Shanghai needs this' }] },
  )

/**
 * Writes the members of the acting person.
 * @throws GatewayError `CONVERSION_INCOMPLETE`: an organisation without an agent, or nobody with a mobile
 */
export function addActing(wire: Wire, { applicant: target, agent: told }: Application, place: Place): void {
  if (!told && target.kind === 'organisation') throw missing('/agent', '组织的申请需要经办人')
  const who = told ?? target
  if (!who.mobile) throw missing(told ? '/agent/mobile' : '/applicant/mobile', '上海要求手机号码')
  if (place.notes)
    tell(place, told ? linesOfAgent(target, told) : linesOfActing('/applicant', 'split', 'split'))
  wire.username = who.name
  wire.licenseType = wordOfCert(who.idDocument.type)
  wire.licenseNo = who.idDocument.number
  wire.mobile = who.mobile
}

const linesOfAgent = (target: Applicant, told: Agent): readonly (Line | false)[] => [
  ...linesOfActing('/agent', 'copied', 'coded'),
  !!target.mobile && lost(['/applicant/mobile'], '申请人手机', '上海只登记办理人的手机'),
  !!told.phone && lost(['/agent/phone'], '办理人座机', '上海只登记办理人的手机'),
  !!told.mandate && lost(['/agent/mandate'], '授权', '上海的申请没有授权标识这一项'),
]

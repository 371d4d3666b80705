/** What Shanghai would refuse of an application, found before anything is sent: the rules of `saveApply` that need the matter. */
import { type FieldError, GatewayError } from '../../errors.ts'
import type { Matter } from '../../schemas/matter.ts'
import { wallClock } from '../kit/clock.ts'
import { ROOT } from '../kit/trace.ts'
import type { WireApplication } from './application.wire.ts'
import { applicantKind } from './codes.ts'

const fault = (pointer: string, code: string, zh: string, en: string): FieldError => ({
  pointer,
  code,
  zh,
  en,
})

/**
 * Certificate numbers by their type; identity cards and credit codes were checked digit by digit when the application
 * was taken in.
 */
const NUMBERS: Readonly<Record<string, RegExp>> = {
  居民身份证: /^\d{17}[\dX]$/,
  统一社会信用代码: /^[0-9A-HJ-NPQRTUWXY]{18}$/,
  护照: /^[A-Z0-9]{5,15}$/,
}
const OTHER_NUMBER = /^[0-9A-Za-z]{1,30}$/

const numberFits = (word: string, number: string): boolean => (NUMBERS[word] ?? OTHER_NUMBER).test(number)

function personFaults(wire: WireApplication, matter: Matter): readonly (FieldError | false)[] {
  const kind = applicantKind.find(wire.targetType)
  const allowed = matter.subjects.length === 0 || matter.subjects.some((one) => one === kind)
  const targetType =
    wire.extInfo?.targetLicenseType ?? (wire.targetType === '个人' ? '居民身份证' : '统一社会信用代码')
  const actsHimself = wire.licenseNo === wire.targetNo && wire.username === wire.targetName
  const actor = actsHimself ? '/applicant' : '/agent'
  return [
    !allowed &&
      fault(
        '/applicant/kind',
        'SUBJECT',
        `该事项不面向${wire.targetType}`,
        'The matter is not open to this kind of applicant',
      ),
    !numberFits(targetType, wire.targetNo) &&
      fault(
        '/applicant/idDocument/number',
        'FORMAT',
        '证件号码格式不符',
        'The number does not have the right form',
      ),
    wire.licenseType === '统一社会信用代码' &&
      fault(
        `${actor}/idDocument/type`,
        'TYPE',
        '经办人是自然人, 不能用统一社会信用代码',
        'The acting person cannot carry a credit code',
      ),
    !actsHimself &&
      !numberFits(wire.licenseType, wire.licenseNo) &&
      fault(
        '/agent/idDocument/number',
        'FORMAT',
        '证件号码格式不符',
        'The number does not have the right form',
      ),
  ]
}

function documentFaults(wire: WireApplication, matter: Matter): readonly (FieldError | false)[] {
  const certs = wire.extInfo?.certs ?? []
  const given = new Set([
    ...(wire.stuffs ?? []).map(({ stuffCode }) => stuffCode),
    ...certs.map(({ stuffCode }) => stuffCode),
  ])
  return [
    ...certs.map(
      ({ stuffCode, certUuid }) =>
        !/^[0-9a-f]{32}$/.test(certUuid) &&
        fault(
          '/documents',
          'FORMAT',
          `材料 ${stuffCode} 的电子证照标识应为 32 位十六进制`,
          `The licence of document ${stuffCode} must be named by 32 hexadecimal digits`,
        ),
    ),
    ...matter.documents.map(
      ({ id, necessity }) =>
        necessity === 'required' &&
        !given.has(id) &&
        fault(
          '/documents',
          'MISSING',
          `材料 ${id} 需要文件或电子证照`,
          `Document ${id} needs a file or a licence`,
        ),
    ),
  ]
}

/** A date-time of the calendar: the gateway takes any day up to the 31st. */
function timeFault({ opTime }: WireApplication): FieldError | false {
  try {
    wallClock.decode(opTime, {}, ROOT)
    return false
  } catch {
    return fault('/appliedAt', 'FORMAT', '没有这一天', 'There is no such day')
  }
}

/** @throws GatewayError `CONVERSION_INCOMPLETE` with pointers into the canonical application */
export function precheck(wire: WireApplication, matter: Matter): void {
  const errors = [timeFault(wire), ...personFaults(wire, matter), ...documentFaults(wire, matter)].filter(
    (one) => one !== false,
  )
  if (errors.length > 0)
    throw new GatewayError('CONVERSION_INCOMPLETE', { message: 'shanghai/application' }, { errors })
}

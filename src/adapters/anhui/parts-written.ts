/**
 * The two parts of `apasInfoXml`, as they are written. Each is laid out whole, in the order of the contract's table: an object
 * that grows member by member past sixteen becomes a hash table, which is slow to check and to serialise.
 */
import type { Application } from '../../schemas/application.ts'
import { atMost, inOnePiece } from '../kit/codecs.ts'
import type { ApplicationContext } from '../kit/contract.ts'
import type { WireCallInfo, WireServiceInfo } from './application.wire.ts'
import { CASE_TYPE_LABELS, caseType } from './codes.ts'
import type { Told } from './filled.ts'
import type { Flat } from './flat.ts'
import { unidOf } from './numbers.ts'
import type { Persons } from './persons-written.ts'

const PROJECT_NAME_LENGTH = 200

/** What the rows of the table wrote. */
export type Rows = Pick<Flat, Told | 'attrXml' | 'formXml'>

const option = ({ options }: ApplicationContext, name: string): string => String(options[name] ?? '')

/** `CALLINFO`: who calls, when, and where the answer goes. */
export const callInfo = (told: Rows, context: ApplicationContext): WireCallInfo => ({
  CALLER: option(context, 'caller'),
  CALLTIME: told.CALLTIME,
  CALLBACK_URL: option(context, 'callbackUrl'),
  ISSUE: option(context, 'issue'),
})

/** `SERVICEINFO`: the matter, the persons and the state. `""` stands where nothing is said. */
export function serviceInfo(
  told: Rows,
  persons: Persons,
  canon: Application,
  context: ApplicationContext,
): Required<WireServiceInfo> {
  const { matter } = context
  const type = matter.handling ? caseType.codeOf(matter.handling) : ''
  return {
    UNID: unidOf(context.sourceNumber),
    PROJID: '',
    PROJPWD: '',
    SERVICECODE: told.SERVICECODE,
    SERVICEVERSION: told.SERVICEVERSION,
    SERVICENAME: matter.name.zh,
    PROJECTNAME: atMost(inOnePiece('关于', canon.applicant.name, '的', matter.name.zh), PROJECT_NAME_LENGTH),
    infoType: CASE_TYPE_LABELS[type] ?? '',
    INFOTYPE_CODE: type,
    IS_MULTI: '0',
    MULTI_ID: '',
    APPLYNAME: persons.APPLYNAME,
    APPLY_CARDTYPE: persons.APPLY_CARDTYPE,
    APPLY_CARDNUMBER: persons.APPLY_CARDNUMBER,
    CONTACTMAN: persons.CONTACTMAN,
    CONTACTMAN_CARDTYPE: persons.CONTACTMAN_CARDTYPE,
    CONTACTMAN_CARDNUMBER: persons.CONTACTMAN_CARDNUMBER,
    TELPHONE: persons.TELPHONE,
    POSTCODE: persons.POSTCODE,
    ADDRESS: persons.ADDRESS,
    LEGALMAN: persons.LEGALMAN,
    DEPTID: matter.agency?.code ?? '',
    DEPTNAME: matter.agency?.name ?? '',
    RECEIVE_USEID: '',
    RECEIVE_NAME: '',
    APPLYFROM: option(context, 'applyFrom'),
    ADDTYPE: persons.ADDTYPE,
    handleState: '01',
    BELONGTO: '',
    AREACODE: told.AREACODE,
    dataState: '1',
    BELONGSYSTEM: option(context, 'belongSystem'),
    EXTEND: told.EXTEND ?? '',
  }
}

/**
 * Which problem codes an operation may answer, beside each of its statuses. What all of a kind share is told once; what is an operation's
 * own stands in the table. A generated test holds every answer of the API to it.
 */
import { PROBLEMS, type ProblemCode } from '../../errors.ts'
import type { Operation } from './words.ts'

type Codes = readonly ProblemCode[]

const ALWAYS: Codes = ['PARAMETER_INVALID', 'RATE_LIMITED', 'INTERNAL']
const SECURED: Codes = ['TOKEN_MISSING', 'TOKEN_INVALID', 'SCOPE_MISSING', 'AUDIENCE_MISMATCH']
const BODY: Codes = [
  'BODY_UNREADABLE',
  'BODY_TOO_LARGE',
  'BODY_TOO_DEEP',
  'BODY_INVALID',
  'MEDIA_TYPE_UNSUPPORTED',
]
const KEY: Codes = ['IDEMPOTENCY_KEY_REQUIRED', 'IDEMPOTENCY_KEY_REUSED', 'IDEMPOTENCY_KEY_IN_USE']
const VERSION: Codes = ['PRECONDITION_REQUIRED', 'PRECONDITION_FAILED']
const PLACE: Codes = ['REGION_NOT_CONNECTED', 'REGION_UNAVAILABLE', 'REGION_BUSY', 'REGION_ANSWER_INVALID']
const CASE: Codes = ['CASE_NOT_FOUND', 'MANDATE_NOT_COVERING', 'MANDATE_OVER']
const ACT: Codes = [...CASE, 'STATE_CONFLICT', 'CASE_FILED_ELSEWHERE', 'APPLICANT_NOT_SELF']
const REFUSED: Codes = ['REGION_REJECTED', 'UPLOAD_NOT_FOUND', 'CONVERSION_INCOMPLETE']
const MATTER: Codes = ['MATTER_NOT_FOUND', 'DIVISION_UNKNOWN']
const PHOTO: Codes = ['PHOTO_NOT_FOUND', 'ASSURANCE_TOO_LOW', 'HOLDER_MISMATCH', 'PICTURES_BUSY']
const LICENCE: Codes = ['LICENCE_NOT_FOUND', 'ASSURANCE_TOO_LOW', 'HOLDER_MISMATCH']
const AGREED: Codes = ['CONSENT_REQUIRED', 'CONSENT_WITHDRAWN', 'CONSENT_NOT_FOUND', 'GUARDIAN_REQUIRED']
const GRANT: Codes = [...AGREED, 'RECEIVER_UNFIT', 'MATTER_NOT_FOUND', 'CASE_NOT_FOUND']
const REDEEM: Codes = [
  ...PLACE,
  'GRANT_UNKNOWN',
  'GRANT_USED',
  'GRANT_ENDED',
  'PURPOSE_NOT_ALLOWED',
  'CONSENT_WITHDRAWN',
]
const CLIENT: Codes = ['CLIENT_REQUIRED', 'SUBSCRIPTION_NOT_FOUND']
const MANDATE: Codes = ['NOT_FOUND']
const CODE: Codes = ['MANDATE_CODE_INVALID']

const OWN: Readonly<Record<string, Codes>> = {
  readCity: ['DIVISION_UNKNOWN'],
  readMatter: ['MATTER_NOT_FOUND', 'PROFILE_NOT_ACCEPTABLE'],
  readDifferences: ['MATTER_NOT_FOUND', 'NOT_FOUND'],
  readForecast: MATTER,
  readSchema: ['NOT_FOUND'],
  readMapping: ['NOT_FOUND'],
  preflight: MATTER,
  convert: [
    'MATTER_NO_EQUIVALENT',
    'CONVERSION_INCOMPLETE',
    'FIELD_UNREADABLE',
    'CODE_UNKNOWN',
    'MATTER_NOT_OFFERED',
  ],
  listWindows: ['POSITION_INVALID', 'OPENING_TIME_INVALID', ...MATTER],
  readWindow: ['OPENING_TIME_INVALID', 'WINDOW_NOT_FOUND'],
  offerMandate: ['MANDATES_TOO_MANY'],
  acceptMandate: [...CODE, 'MANDATE_OWN', 'MANDATES_TOO_MANY'],
  deleteMandate: MANDATE,
  revokeMandate: MANDATE,
  declineMandate: [...MANDATE, ...CODE],
  listMandateUses: MANDATE,
  makeCode: ['LOG_IN_REQUIRED', 'ASSURANCE_TOO_LOW'],
  readCode: ['NOT_FOUND'],
  callCodeBack: ['NOT_FOUND'],
  verifyPerson: [
    'PURPOSE_NOT_ALLOWED',
    'IDENTITY_CODE_INVALID',
    'IDENTITY_CODE_UNKNOWN',
    'IDENTITY_CODE_PURPOSE',
    'IDENTITY_CODE_USED',
    'IDENTITY_CODE_ENDED',
    'IDENTITY_CODE_CALLED_BACK',
  ],
  upload: ['FILE_TYPE_UNSUPPORTED', 'FILE_EMPTY', 'PICTURES_BUSY'],
  fileCase: [
    'MATTER_NOT_FOUND',
    'MATTER_NOT_FILEABLE',
    'MATTER_NOT_OFFERED',
    'MATTER_VERSION_EXPIRED',
    'MATTER_NO_EQUIVALENT',
    'DIVISION_UNKNOWN',
    'PROFILE_UNKNOWN',
    'DUPLICATE_CASE',
    'FIELD_UNREADABLE',
    'CODE_UNKNOWN',
    'APPLICANT_NOT_SELF',
    'MANDATE_NOT_FOUND',
    'MANDATE_NOT_COVERING',
    'MANDATE_OVER',
    'ASSURANCE_TOO_LOW',
    'CONSENT_REQUIRED',
    'CONSENT_WITHDRAWN',
    'LICENCE_NOT_VALID',
    'LICENCE_UNAVAILABLE',
    'REGION_NOT_CONNECTED',
    ...REFUSED,
  ],
  listMyCases: ['DIVISION_UNKNOWN'],
  readCase: [...CASE, 'PROFILE_NOT_ACCEPTABLE'],
  readEvents: [...CASE, 'STREAMS_TOO_MANY', 'STREAMS_FULL'],
  readMessages: CASE,
  readLedger: CASE,
  readResult: [...CASE, 'RESULT_NOT_READY', 'RESULT_WITHOUT_DOCUMENT'],
  correctCase: [...ACT, ...REFUSED],
  withdrawCase: [...ACT, 'REGION_REJECTED'],
  remindCase: [...ACT, 'REMINDER_TOO_EARLY'],
  readRatings: CASE,
  rateCase: [
    ...ACT,
    'RATED_ALREADY',
    'RATING_REASON_REQUIRED',
    'RATING_BY_APPLICANT',
    'RATING_FIRST_MISSING',
    'REGION_REJECTED',
  ],
  readFeed: ['CURSOR_FOREIGN', 'CLIENT_REQUIRED'],
  listSubscriptions: CLIENT,
  subscribe: [...CLIENT, 'SUBSCRIPTIONS_TOO_MANY', 'WEBHOOK_ADDRESS_REFUSED', 'CURSOR_FOREIGN'],
  readSubscription: CLIENT,
  unsubscribe: CLIENT,
  replay: [...CLIENT, 'CURSOR_FOREIGN'],
  listPhotos: ['DIVISION_UNKNOWN', 'ASSURANCE_TOO_LOW'],
  capturePhoto: ['PICTURE_UNUSABLE', 'FILE_EMPTY', 'PICTURES_BUSY', 'PHOTOS_TOO_MANY'],
  dropPhoto: PHOTO,
  judgePhoto: [...PHOTO, ...PLACE],
  showPhoto: [...PHOTO, ...PLACE],
  preparePhoto: [
    ...PHOTO,
    ...AGREED,
    ...PLACE,
    'MATTER_NOT_FOUND',
    'PHOTO_UNFIT',
    'PICTURE_DOES_NOT_FIT',
    'PICTURE_UNUSABLE',
  ],
  grantPhoto: [...PHOTO, ...GRANT],
  redeemPhoto: [...REDEEM, 'PHOTO_NOT_FOUND'],
  listLicences: ['DIVISION_UNKNOWN', 'ASSURANCE_TOO_LOW'],
  readLicence: [...LICENCE, ...PLACE],
  grantLicence: [...LICENCE, ...GRANT, 'LICENCE_NOT_VALID'],
  redeemLicence: [...REDEEM, 'LICENCE_NOT_FOUND'],
  verifyLicence: ['UPLOAD_NOT_FOUND'],
  previewRelease: [...MATTER, 'MATTER_NO_EQUIVALENT', 'ASSURANCE_TOO_LOW'],
  giveConsent: [
    'PHOTO_NOT_FOUND',
    'LICENCE_NOT_FOUND',
    'MATTER_NOT_FOUND',
    'RECEIVER_UNFIT',
    'CONSENT_WORDING_CHANGED',
    'ASSURANCE_TOO_LOW',
  ],
  agreeAsGuardian: ['GUARDIAN_UNFIT', 'CONSENT_NOT_FOUND', 'CONSENT_WORDING_CHANGED', 'ASSURANCE_TOO_LOW'],
  readConsent: ['CONSENT_NOT_FOUND'],
  withdrawConsent: ['CONSENT_NOT_FOUND'],
  askWhy: ['ACCESS_NOT_FOUND', 'QUESTION_ASKED', 'QUESTION_TO_ONESELF'],
  listQuestions: ['QUESTION_FOR_THE_BODY'],
  answerWhy: ['QUESTION_FOR_THE_BODY', 'QUESTION_NOT_FOUND', 'QUESTION_ANSWERED'],
}

type Named = { readonly name?: string }
type Response = Operation['responses'][string]

/** The codes of one operation, whatever their status. */
function codesOf(operation: Operation, path: string): ReadonlySet<ProblemCode> {
  const names = ((operation.parameters ?? []) as readonly Named[]).map(({ name }) => name)
  return new Set<ProblemCode>([
    ...ALWAYS,
    ...((operation.security ?? []).length > 0 ? SECURED : []),
    ...(path.startsWith('/api/v1/me') ? (['PERSON_REQUIRED'] as const) : []),
    ...(operation.requestBody ? BODY : []),
    ...(names.includes('Idempotency-Key') ? KEY : []),
    ...(names.includes('If-Match') ? VERSION : []),
    ...(OWN[operation.operationId] ?? []),
  ])
}

/** The answers of an operation, each failure with the codes that it may carry. */
export function withCodes(operation: Operation, path: string): Operation {
  const codes = [...codesOf(operation, path)]
  const told = ([status, answer]: [string, Response]): [string, Response] => {
    const some = codes.filter((code) => String(PROBLEMS[code].status) === status)
    return [status, some.length === 0 ? answer : { ...answer, 'x-problem-codes': some }]
  }
  return { ...operation, responses: Object.fromEntries(Object.entries(operation.responses).map(told)) }
}

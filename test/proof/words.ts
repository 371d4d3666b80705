/**
 * The words of the contracts' code tables in ours: a vocabulary for each kind of thing, and which one a table speaks. What a vocabulary
 * does not have is the same on both sides: states of cases, national two-digit codes, levels, divisions.
 */
type Vocabulary = Readonly<Record<string, string>>

/** GA/T 2000.156. */
const IDENTITY: Vocabulary = {
  ID_CARD: '111',
  USCC: '001',
  ORG_CODE: '099',
  PASSPORT: '414',
  HK_MACAO_PERMIT: '516',
  TAIWAN_PERMIT: '511',
  FOREIGN_PR: '553',
  OFFICER_CARD: '114',
  OFFICER: '114',
  OTHER: '999',
}
const SUBJECT: Vocabulary = {
  PERSON: 'person',
  NATURAL_PERSON: 'person',
  ENTERPRISE: 'enterprise',
  LEGAL_PERSON: 'enterprise',
  INSTITUTION: 'institution',
  AGENCY: 'agency',
  OTHER: 'otherOrganisation',
  OTHER_ORG: 'otherOrganisation',
}
/** Where a region tells persons and organisations apart and no more. */
const SIDE: Vocabulary = { PERSON: 'person', ENTERPRISE: 'organisation', LEGAL_PERSON: 'organisation' }
const HANDLING: Vocabulary = {
  IMMEDIATE: 'instant',
  INSTANT: 'instant',
  COMMITMENT: 'committed',
  JOINT: 'jointHandling',
  REPORTED: 'reported',
  REPORT_UP: 'reported',
}
const UNIT: Vocabulary = { WORKING_DAY: 'working', CALENDAR_DAY: 'calendar', HOUR: 'hour' }
const NECESSITY: Vocabulary = {
  REQUIRED: 'required',
  OPTIONAL: 'optional',
  DEFERRABLE: 'deferrable',
  CREDIT_DEFERRABLE: 'creditDeferrable',
}
const SCOPE: Vocabulary = {
  NONE: 'none',
  NATIONAL: 'national',
  CROSS_PROVINCE: 'crossProvince',
  CROSS_CITY: 'crossCity',
  CROSS_COUNTY: 'crossCounty',
}
const MODE: Vocabulary = {
  ONLINE: 'online',
  COLLECT_ELSEWHERE: 'onBehalf',
  PROXY_WINDOW: 'onBehalf',
  MULTI_PLACE: 'joint',
  JOINT: 'joint',
  AUTHORISED_LOCAL: 'authorisedLocal',
}
const MATTER_STATE: Vocabulary = { ACTIVE: 'active', SUSPENDED: 'suspended', CANCELLED: 'cancelled' }
const DELIVERY: Vocabulary = {
  PICKUP: 'pickup',
  WINDOW: 'pickup',
  POST: 'post',
  DOWNLOAD: 'download',
  ELECTRONIC: 'download',
  E_LICENCE: 'licence',
}
const WAY: Vocabulary = {
  UPLOAD: 'upload',
  SCAN: 'scan',
  PAPER: 'paper',
  LATER: 'later',
  LICENCE: 'licence',
}
const MATERIAL_KIND: Vocabulary = { CERTIFICATE: 'certificate', FORM: 'form', OTHER: 'other' }
const MATERIAL_FORM: Vocabulary = { PAPER: 'paper', ELECTRONIC: 'electronic', BOTH: 'both' }
const MATERIAL_SOURCE: Vocabulary = { APPLICANT: 'applicant', GOVERNMENT: 'government', OTHER: 'other' }
const DECISION: Vocabulary = {
  GRANTED: 'granted',
  REFUSED: 'denied',
  DENIED: 'denied',
  FORWARDED: 'forwarded',
  VOIDED: 'voided',
  // The platform sends it back, or the applicant takes it back: both end as withdrawn.
  RETURNED: 'withdrawn',
  WITHDRAWN: 'withdrawn',
}
const DOCUMENT: Vocabulary = {
  RESULT: 'result',
  DENIAL: 'denial',
  CORRECTION_NOTICE: 'correctionNotice',
  NOT_ACCEPTED_NOTICE: 'notAcceptedNotice',
}
const GRADE: Vocabulary = {
  '5': 'verySatisfied',
  '4': 'satisfied',
  '3': 'fairlySatisfied',
  '2': 'dissatisfied',
  '1': 'veryDissatisfied',
  VERY_SATISFIED: 'verySatisfied',
  SATISFIED: 'satisfied',
  BASICALLY_SATISFIED: 'fairlySatisfied',
  DISSATISFIED: 'dissatisfied',
  VERY_DISSATISFIED: 'veryDissatisfied',
}
const CHANNEL: Vocabulary = { PC: 'pc', MOBILE: 'mobile', WINDOW: 'window', SMS: 'sms' }
const TAG: Vocabulary = {
  SLOW: 'slow',
  GUIDE_WRONG: 'guideWrong',
  INCONVENIENT: 'inconvenient',
  PLATFORM_BAD: 'platformBad',
  ATTITUDE: 'attitude',
  SKILL: 'skill',
  OTHER: 'other',
  // Zhejiang's details of one grade each, as far as they say what a tag of ours says.
  GUIDE_FAIR: 'guideWrong',
  SPEED_FAIR: 'slow',
  PLATFORM_FAIR: 'platformBad',
  OVERDUE: 'slow',
}
const LICENCE_STATE: Vocabulary = {
  VALID: 'valid',
  SUSPENDED: 'suspended',
  REVOKED: 'revoked',
  CANCELLED: 'revoked',
  EXPIRED: 'expired',
  INVALID: 'invalid',
}
const LICENCE_KIND: Vocabulary = {
  ID_CARD: 'idCard',
  HOUSEHOLD_REGISTER: 'householdRegister',
  RESIDENCE_PERMIT: 'residencePermit',
  DISABILITY_CERT: 'disabilityCertificate',
  MARRIAGE_CERT: 'marriageCertificate',
  SOCIAL_SECURITY_CARD: 'socialSecurityCard',
  BUSINESS_LICENCE: 'businessLicence',
  REAL_ESTATE_CERT: 'realEstateCertificate',
}
const PHOTO_SOURCE: Vocabulary = {
  ID_CARD: 'idCard',
  SOCIAL_SECURITY_CARD: 'socialSecurityCard',
  SOCIAL_CARD: 'socialSecurityCard',
  DRIVING_LICENCE: 'drivingLicence',
  PASSPORT: 'passport',
}
const PHOTO_PURPOSE: Vocabulary = {
  VERIFY: 'identityCheck',
  IDENTITY_CHECK: 'identityCheck',
  MAKE_DOCUMENT: 'documentMaking',
  LICENCE_PRODUCTION: 'documentMaking',
  CROSS_PROVINCE: 'crossProvince',
  CROSS_PROVINCE_CASE: 'crossProvince',
}

/** The vocabulary of a table; the four contracts call the same things by many names, and never two things by one. */
export const VOCABULARIES: Readonly<Record<string, Vocabulary>> = {
  certType: IDENTITY,
  certtype: IDENTITY,
  certtypeOutbound: IDENTITY,
  paperstype: IDENTITY,
  czztdmlxdm: IDENTITY,
  'shanghai applicantKind': SUBJECT,
  applyertype: SUBJECT,
  applicantKind: SIDE,
  userType: SIDE,
  caseType: HANDLING,
  projecttype: HANDLING,
  ratingPromiseTime: HANDLING,
  dayUnit: UNIT,
  dayunit: UNIT,
  necessity: NECESSITY,
  crossScope: SCOPE,
  scope: SCOPE,
  iscross: SCOPE,
  handleMode: MODE,
  mode: MODE,
  crossMode: MODE,
  applyway: MODE,
  itemStatus: MATTER_STATE,
  matterState: MATTER_STATE,
  deliveryMode: DELIVERY,
  delivery: DELIVERY,
  sendway: DELIVERY,
  takeType: WAY,
  stuffType: MATERIAL_KIND,
  stuffForm: MATERIAL_FORM,
  submittype: MATERIAL_FORM,
  filesource: MATERIAL_SOURCE,
  materialSource: MATERIAL_SOURCE,
  decision: DECISION,
  banjieresult: DECISION,
  outcome: DECISION,
  documentType: DOCUMENT,
  satisfaction: GRADE,
  rating: GRADE,
  grade: GRADE,
  channel: CHANNEL,
  ratingChannel: CHANNEL,
  evalDetail: TAG,
  certStatus: LICENCE_STATE,
  licenceStatus: LICENCE_STATE,
  licencestate: LICENCE_STATE,
  licenceState: LICENCE_STATE,
  catMainCode: LICENCE_KIND,
  licenceType: LICENCE_KIND,
  photoSource: PHOTO_SOURCE,
  photosource: PHOTO_SOURCE,
  photoType: PHOTO_SOURCE,
  purpose: PHOTO_PURPOSE,
  photoUsage: PHOTO_PURPOSE,
  photopurpose: PHOTO_PURPOSE,
}

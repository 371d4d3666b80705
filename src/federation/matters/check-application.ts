/** Checks an application against its matter, before anything is converted or stored: every fault at once, each with its place. */
import type { FieldError } from '../../errors.ts'
import { GatewayError } from '../../errors.ts'
import type { Application } from '../../schemas/application.ts'
import { checkIdDocument } from '../../schemas/identifiers/index.ts'
import type { FormField, Matter } from '../../schemas/matter.ts'

const fault = (pointer: string, code: string, zh: string, en: string): FieldError => ({
  pointer,
  code,
  zh,
  en,
})

/**
 * Refuses what cannot be filed: a matter that is not offered there and now, faults in persons, form and documents.
 * @param today `yyyy-MM-dd` in Asia/Shanghai
 * @throws GatewayError `MATTER_NOT_FILEABLE`, `MATTER_NOT_OFFERED`, or `BODY_INVALID` with pointers into the canonical application
 */
export function checkApplication(application: Application, matter: Matter, today: string): void {
  if (!matter.fileable || matter.state !== 'active') {
    throw new GatewayError(
      'MATTER_NOT_FILEABLE',
      { matter: matter.id, state: matter.state },
      {
        errors: [
          fault('/matter', 'MATTER_NOT_FILEABLE', '该事项目前不能申报', 'This matter cannot be filed now'),
        ],
      },
    )
  }
  const offered = matter.availability.some(
    (one) =>
      one.division === application.division && one.from <= today && (one.to === null || today < one.to),
  )
  if (!offered) {
    throw new GatewayError(
      'MATTER_NOT_OFFERED',
      { matter: matter.id, division: application.division },
      {
        errors: [
          fault(
            '/division',
            'MATTER_NOT_OFFERED',
            '该城市不办理此事项, 请选择其他城市',
            'This city does not offer the matter; choose another',
          ),
        ],
      },
    )
  }
  const errors = [
    ...checkTime(application),
    ...checkPersons(application, matter, today),
    ...checkForm(application.form, matter.form.fields, today),
    ...checkDocuments(application, matter),
  ]
  if (errors.length > 0) throw new GatewayError('BODY_INVALID', { matter: matter.id }, { errors })
}

/**
 * Refuses a form that was filled in for another version of the matter than the one in force.
 * @throws GatewayError `MATTER_VERSION_EXPIRED` with the version in force
 */
export function checkVersion({ matterVersion }: Application, { id, regional }: Matter): void {
  if (matterVersion === undefined || matterVersion === regional?.version) return
  throw new GatewayError(
    'MATTER_VERSION_EXPIRED',
    { matter: id, ...(regional?.version ? { version: regional.version } : {}) },
    {
      errors: [
        fault(
          '/matterVersion',
          'MATTER_VERSION_EXPIRED',
          '事项版本已更新, 请按现行版本重新填写',
          'The matter has a newer version; fill in the one in force',
        ),
      ],
    },
  )
}

/** The schema sees the form of a time; that 30 February is no day is seen here. */
function checkTime({ appliedAt }: Application): FieldError[] {
  if (appliedAt === undefined || isDate(appliedAt.slice(0, 10))) return []
  return [fault('/appliedAt', 'FORMAT', '应为真实的时间', 'It must be a time that exists')]
}

function checkPersons(application: Application, matter: Matter, today: string): FieldError[] {
  const { applicant, agent } = application
  const errors: FieldError[] = []
  const person = applicant.kind === 'person'
  const allowed =
    matter.subjects.length === 0 ||
    (person ? matter.subjects.includes('person') : matter.subjects.some((subject) => subject !== 'person'))
  if (!allowed)
    errors.push(
      fault(
        '/applicant/kind',
        'SUBJECT',
        '该事项不面向这类申请人',
        'The matter is not open to this kind of applicant',
      ),
    )
  if (person === (applicant.idDocument.type === '001'))
    errors.push(
      fault(
        '/applicant/idDocument/type',
        'TYPE',
        '证件类型与申请人类别不符',
        'The type of document does not fit the kind of applicant',
      ),
    )
  errors.push(...checkNumber(applicant.idDocument, '/applicant/idDocument/number', today))
  if (agent) errors.push(...checkNumber(agent.idDocument, '/agent/idDocument/number', today))
  if (applicant.legalRepresentativeId)
    errors.push(
      ...checkNumber(applicant.legalRepresentativeId, '/applicant/legalRepresentativeId/number', today),
    )
  if (!person && !applicant.legalRepresentative)
    errors.push(
      fault('/applicant/legalRepresentative', 'MISSING', '请填写法定代表人', 'Name the legal representative'),
    )
  if (application.delivery?.mode === 'post') {
    for (const member of ['name', 'mobile', 'address'] as const) {
      if (!application.delivery[member])
        errors.push(
          fault(
            `/delivery/${member}`,
            'MISSING',
            '邮寄需要收件人, 手机和地址',
            'Posting needs a name, a mobile and an address',
          ),
        )
    }
  }
  return errors
}

function checkNumber(
  document: { type: string; number: string },
  pointer: string,
  today: string,
): FieldError[] {
  const checked = checkIdDocument(document, new Date(`${today}T00:00:00+08:00`))
  return checked.ok
    ? []
    : [fault(pointer, checked.code.toUpperCase(), checked.message.zh, checked.message.en)]
}

/** Form values against the matter's own form: unknown, missing, too long, of the wrong form. */
export function checkForm(
  form: Readonly<Record<string, string>>,
  fields: readonly FormField[],
  today: string,
): FieldError[] {
  const errors: FieldError[] = []
  const known = new Map(fields.map((field) => [field.name, field]))
  for (const name of Object.keys(form)) {
    if (!known.has(name))
      errors.push(
        fault(
          `/form/${name.slice(0, 60)}`,
          'UNKNOWN_MEMBER',
          '表单没有这一项, 请删除',
          'The form has no such field; leave it out',
        ),
      )
  }
  for (const field of fields) {
    const value = form[field.name]
    if (value === undefined || value === '' || (field.required && value.trim() === '')) {
      if (field.required)
        errors.push(
          fault(
            `/form/${field.name}`,
            'MISSING',
            `请填写“${field.label.zh}”`,
            `Fill in ${field.label.en ?? field.label.zh}`,
          ),
        )
      continue
    }
    const wrong = wrongValue(field, value, today)
    if (wrong)
      errors.push(
        fault(
          `/form/${field.name}`,
          wrong[0],
          `“${field.label.zh}”${wrong[1]}`,
          `${field.label.en ?? field.label.zh} ${wrong[2]}`,
        ),
      )
  }
  return errors
}

type Wrong = readonly [code: string, zh: string, en: string]

const FORMS: Readonly<Partial<Record<FormField['type'], readonly [RegExp, Wrong]>>> = {
  number: [
    /^-?\d{1,15}(\.\d{1,2})?$/,
    ['FORMAT', '应为数字, 至多两位小数', 'must be a number with at most two decimals'],
  ],
  area: [/^[1-9]\d{5}$/, ['FORMAT', '应为六位区划代码', 'must be a division code of six digits']],
  mobile: [/^1\d{10}$/, ['FORMAT', '应为 11 位手机号', 'must be a mobile number of eleven digits']],
  phone: [/^(1\d{10}|0\d{2,3}-?\d{7,8})$/, ['FORMAT', '应为电话号码', 'must be a telephone number']],
}

function wrongValue(field: FormField, value: string, today: string): Wrong | undefined {
  if (field.maxLength !== undefined && [...value].length > field.maxLength)
    return ['LENGTH', `至多 ${field.maxLength} 个字符`, `may have at most ${field.maxLength} characters`]
  const form = FORMS[field.type]
  if (form && !form[0].test(value)) return form[1]
  if (field.type === 'date' && !isDate(value))
    return ['FORMAT', '应为真实的日期 yyyy-MM-dd', 'must be a real date, yyyy-MM-dd']
  if (field.type === 'select' && field.options && !field.options.some((option) => option.value === value))
    return ['WORD', '不在可选项中', 'is not one of the choices']
  if (
    field.type === 'idcard' &&
    !checkIdDocument({ type: '111', number: value }, new Date(`${today}T00:00:00+08:00`)).ok
  )
    return ['CHECKSUM', '不是有效的身份证号', 'is not a valid identity number']
  if (field.type === 'uscc' && !checkIdDocument({ type: '001', number: value }).ok)
    return ['CHECKSUM', '不是有效的统一社会信用代码', 'is not a valid credit code']
  if (field.pattern !== undefined && !new RegExp(field.pattern, 'u').test(value))
    return ['FORMAT', '格式不符', 'does not have the right form']
  return undefined
}

const isDate = (text: string) =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(text).toISOString().slice(0, 10) === text

function checkDocuments(application: Application, matter: Matter): FieldError[] {
  const errors: FieldError[] = []
  const given = new Set<string>()
  application.documents.forEach((entry, index) => {
    const at = `/documents/${index}`
    const wanted = matter.documents.find((one) => one.id === entry.id)
    if (!wanted) {
      errors.push(
        fault(`${at}/id`, 'UNKNOWN_DOCUMENT', '该事项没有这份材料', 'The matter asks for no such document'),
      )
      return
    }
    if (given.has(entry.id))
      errors.push(fault(`${at}/id`, 'REPEATED', '同一材料只能出现一次', 'Each document may stand here once'))
    given.add(entry.id)
    if ((entry.mode === 'upload' || entry.mode === 'scan') && (entry.uploads?.length ?? 0) === 0)
      errors.push(fault(`${at}/uploads`, 'MISSING', '请先上传文件', 'Upload a file first'))
    if (entry.mode === 'licence' && !entry.licence)
      errors.push(fault(`${at}/licence`, 'MISSING', '请给出电子证照标识', 'Name the licence'))
    if (entry.mode === 'licence' && wanted.exemptedBy.length === 0)
      errors.push(
        fault(`${at}/mode`, 'MODE', '这份材料不能用电子证照代替', 'No licence stands for this document'),
      )
    if (
      entry.mode === 'later' &&
      wanted.necessity !== 'deferrable' &&
      wanted.necessity !== 'creditDeferrable'
    )
      errors.push(fault(`${at}/mode`, 'MODE', '这份材料不能后补', 'This document cannot follow later'))
  })
  for (const wanted of matter.documents) {
    if (wanted.necessity === 'required' && !given.has(wanted.id))
      errors.push(
        fault(
          '/documents',
          'MISSING',
          `缺少必要材料“${wanted.name.zh}”(${wanted.id})`,
          `The required document ${wanted.id} is missing`,
        ),
      )
  }
  return errors
}

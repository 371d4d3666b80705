/** Applicant, agent and receiver of an application: open to them, complete, with numbers that can be true. */
import { type FieldError, fault } from '../../errors.ts'
import type { Application, IdDocument } from '../../schemas/application.ts'
import { checkIdDocument, mayHold } from '../../schemas/identifiers/index.ts'
import type { Matter } from '../../schemas/matter.ts'

/** Faults of the persons. @param today `yyyy-MM-dd` in Asia/Shanghai */
export function checkPersons(application: Application, matter: Matter, today: string): FieldError[] {
  const { applicant, agent } = application
  return [
    ...checkKind(application, matter),
    ...checkNumber(applicant.idDocument, '/applicant/idDocument/number', today),
    ...checkNumber(agent?.idDocument, '/agent/idDocument/number', today),
    ...checkNumber(applicant.legalRepresentativeId, '/applicant/legalRepresentativeId/number', today),
    ...checkRepresentative(application),
    ...checkCall(application),
    ...checkDelivery(application),
  ]
}

const isOpenTo = ({ subjects }: Matter, isPerson: boolean): boolean =>
  subjects.length === 0 || subjects.some((subject) => (subject === 'person') === isPerson)

function checkKind({ applicant }: Application, matter: Matter): FieldError[] {
  const isPerson = applicant.kind === 'person'
  const errors: FieldError[] = []
  if (!isOpenTo(matter, isPerson))
    errors.push(
      fault(
        '/applicant/kind',
        'SUBJECT',
        '该事项不面向这类申请人',
        'The matter is not open to this kind of applicant',
      ),
    )
  if (!mayHold(applicant.kind, applicant.idDocument.type))
    errors.push(
      fault(
        '/applicant/idDocument/type',
        'TYPE',
        '证件类型与申请人类别不符',
        'The type of document does not fit the kind of applicant',
      ),
    )
  return errors
}

function checkNumber(document: IdDocument | undefined, pointer: string, today: string): FieldError[] {
  const checked = document && checkIdDocument(document, new Date(`${today}T00:00:00+08:00`))
  return !checked || checked.ok
    ? []
    : [fault(pointer, checked.code.toUpperCase(), checked.message.zh, checked.message.en)]
}

const checkRepresentative = ({ applicant }: Application): FieldError[] =>
  applicant.kind === 'person' || applicant.legalRepresentative
    ? []
    : [
        fault(
          '/applicant/legalRepresentative',
          'MISSING',
          '请填写法定代表人',
          'Name the legal representative',
        ),
      ]

const checkCall = ({ agent }: Application): FieldError[] =>
  !agent || agent.mobile || agent.phone
    ? []
    : [fault('/agent/mobile', 'MISSING', '请填写经办人的手机号码', 'Give the agent’s mobile number')]

function checkDelivery({ delivery }: Application): FieldError[] {
  if (delivery?.mode !== 'post') return []
  return (['name', 'mobile', 'address'] as const)
    .filter((member) => !delivery[member])
    .map((member) =>
      fault(
        `/delivery/${member}`,
        'MISSING',
        '邮寄需要收件人, 手机和地址',
        'Posting needs a name, a mobile and an address',
      ),
    )
}

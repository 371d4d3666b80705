/** Checks an application against its matter, before anything is converted or stored: every fault at once, each with its place. */
import { type FieldError, fault, GatewayError } from '../../errors.ts'
import type { Application } from '../../schemas/application.ts'
import { isDate } from '../../schemas/instants.ts'
import type { Matter } from '../../schemas/matter.ts'
import { checkDocuments } from './check-documents.ts'
import { checkForm } from './check-form.ts'
import { checkPersons } from './check-persons.ts'

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
const checkTime = ({ appliedAt }: Application): FieldError[] =>
  appliedAt === undefined || isDate(appliedAt.slice(0, 10))
    ? []
    : [fault('/appliedAt', 'FORMAT', '应为真实的时间', 'It must be a time that exists')]

/** Who may apply under which document, before any region is thought of. */
import { expect, test } from 'vitest'
import type { Application } from '../../schemas/application.ts'
import type { Matter } from '../../schemas/matter.ts'
import { checkPersons } from './check-persons.ts'

test('an agent must be reachable, by mobile or by landline', () => {
  const agent = { name: '测试丙', idDocument: { type: '414', number: 'E00000001' } }
  const applicant = { kind: 'person' as const, name: '示例', idDocument: { type: '999', number: '1' } }
  const faults = (more: object) => {
    const application: Partial<Application> = { applicant, agent: { ...agent, ...more } }
    return checkPersons(application as Application, open as Matter, '2026-03-02').map(
      ({ pointer }) => pointer,
    )
  }
  expect(faults({})).toEqual(['/agent/mobile'])
  expect(faults({ mobile: '10000000001' })).toEqual([])
  expect(faults({ phone: '0551-1234567' })).toEqual([])
})

const open: Pick<Matter, 'subjects'> = { subjects: [] }
const faultsOf = (kind: 'person' | 'organisation', type: string, number: string) => {
  const applicant = {
    kind,
    name: '示例',
    idDocument: { type, number },
    legalRepresentative: '测试甲',
  }
  const application: Partial<Application> = { applicant }
  return checkPersons(application as Application, open as Matter, '2026-03-02').map(
    ({ pointer, code }) => `${pointer} ${code}`,
  )
}

test.each<readonly ['person' | 'organisation', string, string]>([
  ['organisation', '001', '91310000MA1TEXT06C'],
  ['organisation', '099', 'D2143569X'],
  ['organisation', '999', '沪-0001'],
  ['person', '111', '310101190001010011'],
  ['person', '114', '军字第1234567号'],
  ['person', '414', 'E00000001'],
  ['person', '511', '12345678'],
  ['person', '516', 'H1234567801'],
  ['person', '553', '911124198108030024'],
  ['person', '999', 'AB-1'],
])('a %s may apply under %s %s', (kind, type, number) => {
  expect(faultsOf(kind, type, number)).toEqual([])
})

test.each<readonly ['person' | 'organisation', string, string, string]>([
  ['organisation', '111', '310101190001010011', '/applicant/idDocument/type TYPE'],
  ['organisation', '414', 'E00000001', '/applicant/idDocument/type TYPE'],
  ['organisation', '099', 'D21435690', '/applicant/idDocument/number CHECKSUM'],
  ['person', '001', '91310000MA1TEXT06C', '/applicant/idDocument/type TYPE'],
  ['person', '099', 'D2143569X', '/applicant/idDocument/type TYPE'],
  ['person', '516', 'H 12345678', '/applicant/idDocument/number FORMAT'],
])('a %s may not apply under %s %s', (kind, type, number, fault) => {
  expect(faultsOf(kind, type, number)).toEqual([fault])
})

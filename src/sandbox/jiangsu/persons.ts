import type { TestPerson } from '../simulated.ts'
import catalogue from './catalogue.json' with { type: 'json' }

/** The persons and firms of section 8. */
export const PERSONS: readonly TestPerson[] = [
  ...catalogue.persons.map(
    (one): TestPerson => ({
      kind: 'person',
      name: one.name,
      idType: '111',
      idNumber: one.certnum,
      mobile: one.mobile,
      division: one.areacode,
    }),
  ),
  ...catalogue.legalPersons.map(
    (one): TestPerson => ({
      kind: 'organisation',
      name: one.name,
      idType: '001',
      idNumber: one.certnum,
      mobile: one.mobile,
      division: one.areacode,
      agent: { name: one.agent, idNumber: one.agentid, mobile: one.mobile },
    }),
  ),
]

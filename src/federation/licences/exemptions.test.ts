/** Which licences stand for a document. */
import { expect, test } from 'vitest'
import type { LicenceLink } from '../../adapters/kit/contract.ts'
import type { RegionDirectory } from '../directory/regions.ts'
import { kindsFor } from './exemptions.ts'

const codes: LicenceLink['codes'] = { idCard: '11100001', householdRegister: '11100002' }
// The directory is asked for one thing: the codes of the link at a division.
const directory = { at: () => ({ link: { licences: { codes } } }) } as unknown as RegionDirectory
const document = (zh: string, ...licenceTypes: string[]) => ({
  name: { zh },
  exemptedBy: licenceTypes.map((licenceType) => ({ licenceType })),
})

test.each([
  ['居民身份证', ['11100001'], ['idCard']],
  ['申请人身份证', ['11100001'], ['idCard']],
  ['户口簿或身份证', ['11100001', '11100002'], ['idCard', 'householdRegister']],
  ['居民身份证', ['99999999'], []],
  ['申请表', [], []],
])('%s with %j is stood for by %j', (zh, types, kinds) => {
  expect(kindsFor(document(zh, ...types), '340100', { directory })).toEqual(kinds)
})

test.each(['监护人身份证', '法定代表人居民身份证', '配偶身份证', '被投靠人户口簿', '经办人身份证'])(
  'no licence of the applicant stands for %s',
  (zh) => {
    expect(kindsFor(document(zh, '11100001'), '340100', { directory })).toEqual([])
  },
)

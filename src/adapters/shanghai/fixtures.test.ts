/** Each pair in `fixtures/` is one document in both forms; each is read and written. */
import { describe, expect, test } from 'vitest'
import type { Application } from '../../schemas/application.ts'
import type { RegionalCase } from '../../schemas/case.ts'
import type { Matter } from '../../schemas/matter.ts'
import { application } from './application.ts'
import { caseMessage } from './case.ts'
import askedCanon from './fixtures/correction-asked.case.json' with { type: 'json' }
import asked from './fixtures/correction-asked.wire.json' with { type: 'json' }
import proofCanon from './fixtures/household-certificate.matter.json' with { type: 'json' }
import proof from './fixtures/household-certificate.wire.json' with { type: 'json' }
import appliedCanon from './fixtures/household-certificate-applied.application.json' with { type: 'json' }
import applied from './fixtures/household-certificate-applied.wire.json' with { type: 'json' }
import { matter } from './matter.ts'
import { applying, context } from './test-vectors.ts'

describe('fixtures', () => {
  test('household-certificate: the matter', () => {
    expect(matter.read(proof, context)).toEqual(proofCanon)
    expect(matter.read(matter.write(proofCanon as Matter, context), context)).toEqual(proofCanon)
  })

  test('household-certificate-applied: the application', () => {
    expect(application.read(applied, applying)).toEqual(appliedCanon)
    const wire = application.write(appliedCanon as Application, applying) as Record<string, unknown>
    // The token and the number are got when it is sent; the user and the source number are the gateway's own.
    const { accessToken: _token, applyNo: _number, userId: _user, extInfo, ...expected } = applied
    const { sourceCaseNo: _source, ...ext } = extInfo
    expect(wire).toMatchObject({ ...expected, extInfo: ext })
    expect(application.read(wire, applying)).toEqual(appliedCanon)
  })

  test('correction-asked: the case', () => {
    expect(caseMessage.read(asked, context)).toEqual(askedCanon)
    expect(caseMessage.read(caseMessage.write(askedCanon as RegionalCase, context), context)).toEqual(
      askedCanon,
    )
  })
})

/** Each pair in `fixtures/` is one document in both forms; each is read and written. */
import { describe, expect, test } from 'vitest'
import type { Application } from '../../schemas/application.ts'
import type { RegionalCase } from '../../schemas/case.ts'
import type { Matter } from '../../schemas/matter.ts'
import { application } from './application.ts'
import { caseMessage } from './case.ts'
import askedCanon from './fixtures/correction-asked.case.json' with { type: 'json' }
import asked from './fixtures/correction-asked.wire.json' with { type: 'json' }
import grantedCanon from './fixtures/granted.case.json' with { type: 'json' }
import granted from './fixtures/granted.wire.json' with { type: 'json' }
import moveCanon from './fixtures/household-move.matter.json' with { type: 'json' }
import move from './fixtures/household-move.wire.json' with { type: 'json' }
import appliedCanon from './fixtures/household-move-applied.application.json' with { type: 'json' }
import applied from './fixtures/household-move-applied.wire.json' with { type: 'json' }
import { matter } from './matter.ts'
import { applying, context } from './test-vectors.ts'

describe('fixtures', () => {
  test('household-move: the matter', () => {
    expect(matter.read(move, context)).toEqual(moveCanon)
    const wire = matter.write(moveCanon as Matter, context)
    expect(matter.read(wire, context)).toEqual(moveCanon)
    // Columns without a nested document are written as they came, but for those that say nothing canonical.
    const { MATERIAL_INFO: _xml, CHARGEITEM_INFO: _fees, QA_INFO: _questions, ...columns } = move
    const told = Object.fromEntries(Object.entries(columns).filter(([name]) => name in wire))
    expect(wire).toMatchObject({ ...told, PROMISE_DAY: 5, ANTICIPATE_DAY: 20, APPLYERMIN_COUNT: 0 })
  })

  test('household-move-applied: the application', () => {
    expect(application.read(applied, applying)).toEqual(appliedCanon)
    const wire = application.write(appliedCanon as Application, applying)
    // The number is taken when it is sent, and the region's own names of files are given by their uploads.
    const { projId: _number, ...expected } = structuredClone(applied)
    for (const material of expected.suffInfoList)
      for (const file of material.attachMentVOs) file.attName = '附件1'
    expect(wire).toEqual(expected)
  })

  test.each([
    ['correction-asked', asked, askedCanon],
    ['granted', granted, grantedCanon],
  ])('%s: the case', (_name, wire, canon) => {
    expect(caseMessage.read(wire, context)).toEqual(canon)
    expect(caseMessage.read(caseMessage.write(canon as RegionalCase, context), context)).toEqual(canon)
  })
})

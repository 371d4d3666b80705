/** The answer to a correction request: what was complained of is replaced, and what was sent back may be changed whole. */
import fc from 'fast-check'
import type { RegionalCase } from '../../../src/schemas/case.ts'
import { fieldValue, formOf, uploadFor } from '../application.ts'
import type { Changed } from '../filing.ts'
import { agree } from '../judge.ts'
import { type Life, seen, there, written } from './life.ts'

/** What the applicant changes: every document and every field that the region complains of. */
function changeFor({ way, world, draw }: Life, read: RegionalCase): Changed {
  const asked = read.correction
  // What was sent back before it was accepted may be changed whole.
  const isFree = read.status === 'PRECHECK_RETURNED'
  const isChanged = (id: string) =>
    asked?.documents.some((one) => one.id === id) || (isFree && draw(fc.boolean()))
  const documents = way.application.documents
    .filter(({ id, uploads }) => uploads && isChanged(id))
    .map((one) => {
      const wanted = way.matter.documents.find(({ id }) => id === one.id)
      return wanted ? { ...one, uploads: [uploadFor(wanted, draw)] } : one
    })
  // What is asked for is filled in, whatever else is changed.
  const anew = way.matter.form.fields.filter(({ name }) => asked?.fields.includes(name))
  const answers = anew.map((field) => [field.name, draw(fieldValue(world.id, field))] as const)
  const form = isFree ? formOf(world.id, way.matter, draw) : {}
  return { form: { ...form, ...Object.fromEntries(answers) }, documents }
}

/** The applicant answers. */
export async function corrected(life: Life): Promise<boolean> {
  const { world, reading, way } = life
  const read = await seen(life)
  const request = read.correction ?? { fields: [], documents: [], reason: '' }
  const change = changeFor(life, read)
  const work = way.correcting(life.filed, request, change)
  const sent = await world.link.correct(work)
  life.filed = {
    ...life.filed,
    application: work.application,
    handle: { ...life.filed.handle, ...sent.handle },
  }
  const kept = reading.kept(world, life.filed.caseNumber, written(world))
  agree('correction form', reading.meant(way, work.application)['form'], kept['form'])
  const files = kept['files'] as Readonly<Record<string, readonly string[]>>
  for (const { id, uploads = [] } of change.documents)
    for (const upload of uploads)
      agree(`correction file of ${id}`, files[id]?.includes(upload) ?? false, true)
  agree('correction status', sent.status, there(life).status)
  await seen(life)
  return true
}

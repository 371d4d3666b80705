/** The documents of an application: those that the matter asks for, each once, in a way that it allows. */
import { type FieldError, fault } from '../../errors.ts'
import type { Application, DocumentEntry } from '../../schemas/application.ts'
import type { Matter, MatterDocument } from '../../schemas/matter.ts'

/** Faults of the documents. */
export const checkDocuments = (application: Application, matter: Matter): FieldError[] => [
  ...checkEntries(application, matter),
  ...missingDocuments(application, matter).map(({ id, name }) =>
    fault(
      '/documents',
      'MISSING',
      `缺少必要材料“${name.zh}”(${id})`,
      `The required document “${name.en ?? name.zh}” (${id}) is missing`,
    ),
  ),
]

/** Documents that the matter asks for in any case and nobody brings. */
export function missingDocuments({ documents }: Application, matter: Matter): readonly MatterDocument[] {
  const given = new Set(documents.map(({ id }) => id))
  return matter.documents.filter(({ id, necessity }) => necessity === 'required' && !given.has(id))
}

/** Faults of what is brought. */
export function checkEntries({ documents }: Application, matter: Matter): FieldError[] {
  return [
    ...documents.flatMap((entry, index) => {
      const at = `/documents/${index}`
      const wanted = matter.documents.find(({ id }) => id === entry.id)
      if (!wanted)
        return [
          fault(`${at}/id`, 'UNKNOWN_DOCUMENT', '该事项没有这份材料', 'The matter asks for no such document'),
        ]
      const isRepeated = documents.findIndex(({ id }) => id === entry.id) < index
      return [
        ...(isRepeated
          ? [fault(`${at}/id`, 'REPEATED', '同一材料只能出现一次', 'Each document may stand here once')]
          : []),
        ...checkEntry(entry, wanted, at),
      ]
    }),
  ]
}

/** Whether an entry brings what its mode promises, and whether the document may come in that mode. */
function checkEntry(entry: DocumentEntry, wanted: MatterDocument, at: string): FieldError[] {
  switch (entry.mode) {
    case 'upload':
    case 'scan':
      return (entry.uploads?.length ?? 0) > 0
        ? []
        : [fault(`${at}/uploads`, 'MISSING', '请先上传文件', 'Upload a file first')]
    case 'licence':
      return [
        ...(entry.licence
          ? []
          : [fault(`${at}/licence`, 'MISSING', '请给出电子证照标识', 'Name the licence')]),
        ...(wanted.exemptedBy.length > 0
          ? []
          : [
              fault(
                `${at}/mode`,
                'MODE',
                '这份材料不能用电子证照代替',
                'No licence stands for this document',
              ),
            ]),
      ]
    case 'later':
      return wanted.necessity === 'deferrable' || wanted.necessity === 'creditDeferrable'
        ? []
        : [fault(`${at}/mode`, 'MODE', '这份材料不能后补', 'This document cannot follow later')]
    case 'paper':
      return []
  }
}

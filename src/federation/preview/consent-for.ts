/** Which consent a photo or a licence takes that shall stand for a document. */
import type { ConsentRequest } from '../../schemas/consent.ts'
import type { Matter } from '../../schemas/matter.ts'
import type { Candidate } from '../../schemas/preview.ts'
import { documentMadeBy } from '../photos/uses.ts'

/** A photo may become part of a document that the matter makes; a licence stands for a paper. */
export const consentFor = (
  kind: Candidate['kind'],
  items: readonly string[],
  { matter, receiver }: { readonly matter: Pick<Matter, 'id' | 'name'>; readonly receiver: string },
): Omit<ConsentRequest, 'digest' | 'until'> => ({
  kind,
  items: [...items],
  purpose:
    kind === 'licence' ? 'replaceMaterial' : documentMadeBy(matter) ? 'documentMaking' : 'crossProvince',
  matter: matter.id,
  receiver,
})

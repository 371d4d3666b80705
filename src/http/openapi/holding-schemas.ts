/** What is sent and answered about photos, licences and what a person agrees to. */
import { Completeness } from '../../schemas/completeness.ts'
import { Consent, ConsentRequest, ConsentWords, Grant, GrantRequest } from '../../schemas/consent.ts'
import { Exemption } from '../../schemas/exemption.ts'
import { Licence } from '../../schemas/licence.ts'
import { ClaimRequest, Verification as LicenceVerification } from '../../schemas/licence-claim.ts'
import { Photo } from '../../schemas/photo.ts'
import { Preview, PreviewRequest } from '../../schemas/preview.ts'
import { GuardianAnswer } from '../routes/consents.ts'
import { PhotoUploadRequest } from '../routes/photos.ts'
import { ref } from './words.ts'

const text = { type: 'string' }
const words = { type: 'object', required: ['zh', 'en'], properties: { zh: text, en: text } }
const verdict = { type: 'string', enum: ['fits', 'canBeMadeToFit', 'doesNotFit', 'unchecked'] }

/** What is sent and answered. */
export const HOLDING_SCHEMAS = {
  Photo,
  Licence,
  Completeness,
  Consent,
  ConsentRequest,
  ConsentWords,
  GuardianAnswer,
  Grant,
  GrantRequest,
  ClaimRequest,
  LicenceVerification,
  PreviewRequest,
  Preview,
  Exemption,
  PhotoUploadRequest,
  PhotoFitness: {
    type: 'object',
    required: ['photo', 'documents', 'goodFor'],
    properties: {
      photo: ref('Photo'),
      documents: {
        type: 'array',
        items: {
          type: 'object',
          required: ['document', 'name', 'verdict', 'findings'],
          properties: {
            document: text,
            name: words,
            verdict,
            findings: {
              type: 'array',
              items: {
                type: 'object',
                required: ['requirement', 'verdict', 'isOfficial', 'numbers', 'zh', 'en'],
                properties: {
                  requirement: text,
                  verdict,
                  isOfficial: {
                    type: 'boolean',
                    description:
                      'Whether a text of the authorities stands behind it; what does not is advice',
                  },
                  numbers: { type: 'object' },
                  zh: text,
                  en: text,
                },
              },
            },
          },
        },
      },
      goodFor: {
        type: 'array',
        items: {
          type: 'object',
          required: ['id', 'name', 'region', 'document'],
          properties: { id: text, name: text, region: text, document: text },
        },
      },
    },
  },
}

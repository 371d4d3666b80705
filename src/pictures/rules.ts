/** What each document wants of a photo: `data/photo-rules.json`, each fact with its source and how sure it is. */
import { type Static, type TSchema, Type } from 'typebox'
import data from '../../data/photo-rules.json' with { type: 'json' }
import { GatewayError } from '../errors.ts'
import { text, word } from '../schemas/common.ts'
import { validator } from '../schemas/validate.ts'

/** Documents that a photo is taken for. */
export const DOCUMENTS = [
  'idCard',
  'passport',
  'hkMacaoPermit',
  'taiwanPermit',
  'drivingLicence',
  'socialSecurityCard',
  'residencePermit',
  'foreignerPermit',
] as const
export type DocumentKind = (typeof DOCUMENTS)[number]

const CONFIDENCES = ['high', 'medium', 'low', 'memory'] as const
const SOURCES = ['specifications', 'shanghaiLibrary', 'ours'] as const

const closed = <P extends Record<string, TSchema>>(members: P) =>
  Type.Object(members, { additionalProperties: false })
const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const whole = Type.Integer({ minimum: 1 })
/** Two numbers. TypeBox writes its own tuples as drafts before 2020-12 had them. */
const range = Type.Unsafe<readonly [number, number]>({
  type: 'array',
  items: whole,
  minItems: 2,
  maxItems: 2,
})
const origin = { source: word(SOURCES), confidence: word(CONFIDENCES) }
/** A fact, and where it is from; null stands for what nobody told us. */
const fact = <T extends TSchema>(value: T) => closed({ value, note: Type.Optional(text(200)), ...origin })

/** A size in pixels: least and most of each side, and the ratio of the sides where they may vary. */
const Size = closed({ name: text(60), width: range, height: range, ratio: orNull(range) })
export type Size = Static<typeof Size>

/** A measure of head or face. A fact to be shown; nothing here checks it. */
const FaceMeasure = closed({
  name: word(['faceWidth', 'headWidth', 'headHeight', 'topOfHead', 'chinToBottom']),
  min: orNull(Type.Number()),
  max: orNull(Type.Number()),
  unit: word(['px', 'mm']),
  ...origin,
})

export const PhotoRule = closed({
  id: word(DOCUMENTS),
  names: closed({ zh: text(60), en: text(60) }),
  standard: orNull(fact(text(40))),
  print: fact(closed({ widthMm: whole, heightMm: whole })),
  /** Sizes that are taken, in the order in which they are made. */
  pixels: fact(Type.Array(Size, { minItems: 1 })),
  dpi: orNull(fact(whole)),
  background: fact(word(['white'])),
  /** Whether some places take a pale background too. */
  paleBackground: orNull(fact(Type.Boolean())),
  colour: fact(Type.Boolean()),
  /** Of the JPEG file. */
  bytes: orNull(fact(closed({ min: orNull(whole), max: orNull(whole) }))),
  maxAge: orNull(fact(closed({ months: whole }))),
  face: Type.Array(FaceMeasure),
})
export type PhotoRule = Static<typeof PhotoRule>

/** The whole file. */
export const PhotoRules = closed({
  source: text(1000),
  sources: closed({ specifications: text(500), shanghaiLibrary: text(500), ours: text(500) }),
  rules: Type.Array(PhotoRule),
})

/** A fact that may be told to a resident as the rule; others are aims of ours. */
export const isOfficial = (fact: { readonly confidence: PhotoRule['pixels']['confidence'] }): boolean =>
  fact.confidence === 'high' || fact.confidence === 'medium'

function read(): ReadonlyMap<string, PhotoRule> {
  const content: unknown = data
  const faults = validator(PhotoRules)(content)
  if (faults)
    throw new GatewayError('CONFIGURATION_INVALID', { file: 'data/photo-rules.json' }, { errors: faults })
  // The validator has just seen that it is.
  return new Map((content as Static<typeof PhotoRules>).rules.map((rule) => [rule.id, rule]))
}
const rules = read()

/** All rules, in the order of the file. */
export const PHOTO_RULES: readonly PhotoRule[] = [...rules.values()]

/** The rule of a document; every document has one. */
export function photoRule(document: DocumentKind): PhotoRule {
  const rule = rules.get(document)
  if (!rule) throw new GatewayError('CONFIGURATION_INVALID', { file: 'data/photo-rules.json', document })
  return rule
}

/**
 * The official conformance cases for the JSON format of CloudEvents, through our own checker: github.com/cloudevents/conformance,
 * `format/json` at c5bcce28fa07 (Apache-2.0), retold here case by case under their names.
 */
import { describe, expect, test } from 'vitest'
import { checkCloudEvent } from '../../src/schemas/cloud-event.ts'

const least = {
  specversion: '1.0',
  id: 'an-id',
  type: 'org.example.happened',
  source: 'https://example.org/here',
}
const without = (name: string) => Object.fromEntries(Object.entries(least).filter(([key]) => key !== name))
const at = (time: string) => ({ ...least, time })

/** What any reader must take. */
const GOOD: readonly (readonly [string, object])[] = [
  ['validMinimal', least],
  [
    'validMinimalWithNullForOptional',
    { ...least, datacontenttype: null, dataschema: null, subject: null, time: null },
  ],
  [
    'validAllCoreAttributes',
    {
      ...at('2018-04-05T17:31:00Z'),
      datacontenttype: 'text/plain',
      dataschema: 'https://example.org/schema',
      subject: 'what it is about',
    },
  ],
  ['validMinimalWithTimeUtc', at('2018-04-05T17:31:00Z')],
  ['validMinimalWithTimeToNanosecondsUtc', at('2018-04-05T17:31:00.000000000Z')],
  ['validMinimalWithTimeUsingPositiveOffset', at('2018-04-05T18:31:00+01:00')],
  ['validMinimalWithTimeUsingNegativeOffset', at('2018-04-05T16:31:00-01:00')],
  ['validRelativeSource', { ...least, source: '#part' }],
  ['validSimpleTextData', { ...least, datacontenttype: 'text/plain', data: 'a few words' }],
  [
    'validAllExtensionTypes',
    {
      ...least,
      extinteger: 10,
      extboolean: true,
      extstring: 'words',
      exturi: 'https://example.org',
      exturiref: '//example.org/path',
      exttimestamp: '2023-03-31T15:12:00Z',
      extbinary: 'TWE=',
    },
  ],
]

/** What no reader may take. */
const BAD: readonly (readonly [string, object])[] = [
  ['invalidNoSpecVersion', without('specversion')],
  ['invalidNoId', without('id')],
  ['invalidNoType', without('type')],
  ['invalidNoSource', without('source')],
  ['invalidTimeGarbage', at('noon')],
  ['invalidTimeToMinute', at('2018-04-05T18:31Z')],
  ['invalidTimeOffsetX', at('2018-04-05T18:31:00X')],
  ['invalidTimeOffsetOutOfRange', at('2018-04-05T18:31:00+25:00')],
  ['invalidTimeOffsetNonInteger', at('2018-04-05T18:31:00+xx:00')],
  ['invalidTimeOffsetHourOnly', at('2018-04-05T18:31:00+05')],
  ['invalidEmptyId', { ...least, id: '' }],
  ['invalidEmptyType', { ...least, type: '' }],
  ['invalidEmptySource', { ...least, source: '' }],
  ['invalidEmptySpecVersion', { ...least, specversion: '' }],
  ['invalidUnknownSpecVersion', { ...least, specversion: '0.9' }],
  ['invalidNonRfc2046DataContentType', { ...least, datacontenttype: 'xyz' }],
  ['invalidEmptyDataContentType', { ...least, datacontenttype: '' }],
  ['invalidEmptyDataSchema', { ...least, dataschema: '' }],
  ['invalidEmptySubject', { ...least, subject: '' }],
  ['invalidNumericId', { ...least, id: 25 }],
  ['invalidObjectId', { ...least, id: { of: 'something' } }],
  ['invalidCapitalizedExtension', { ...least, MyExtension: 'bad' }],
  ['invalidPunctuatedExtension', { ...least, 'my.extension': 'bad' }],
  ['invalidNonIntegerExtensionValue', { ...least, 'my.extension': 1.5 }],
  ['invalidBothDataAndDataBase64', { ...least, data: 'text', data_base64: 'eyJ4IjoxfQ==' }],
]

/** What the specification says besides (CloudEvents 1.0.2, chapters 2 and 3; JSON format, chapters 2 and 3). */
const BAD_BESIDES: readonly (readonly [string, unknown])[] = [
  ['no object', 'text'],
  ['a batch', [least]],
  ['an id that is null', { ...least, id: null }],
  ['a control character in a text', { ...least, subject: 'a\u0007b' }],
  ['an extension that is no whole number', { ...least, myextension: 1.5 }],
  ['an extension that is larger than 32 bits', { ...least, myextension: 2 ** 31 }],
  ['an extension that is an object', { ...least, myextension: {} }],
  ['data_base64 that is not Base64', { ...least, data_base64: 'a?' }],
  ['a schema that is no absolute address', { ...least, dataschema: '/schema' }],
  ['a month that there is not', at('2018-13-05T18:31:00Z')],
  ['a day that there is not', at('2018-04-32T18:31:00Z')],
  ['a source with a blank', { ...least, source: 'two words' }],
]

describe('the official cases', () => {
  test('are all there', () => {
    expect([GOOD.length, BAD.length]).toEqual([10, 25])
    expect(new Set([...GOOD, ...BAD].map(([name]) => name)).size).toBe(35)
  })

  test.each(GOOD)('%s is taken', (_name, event) => expect(checkCloudEvent(event)).toBeUndefined())
  test.each(BAD)('%s is refused', (_name, event) => expect(checkCloudEvent(event)).toBeDefined())
})

test.each(BAD_BESIDES)('refuses %s', (_what, event) => expect(checkCloudEvent(event)).toBeDefined())

test('takes data of any kind, one that is null beside data_base64 too', () => {
  for (const data of [null, 0, false, '', [], {}, { deep: [1] }])
    expect(checkCloudEvent({ ...least, data })).toBeUndefined()
  expect(checkCloudEvent({ ...least, data: null, data_base64: 'TWE=' })).toBeUndefined()
})

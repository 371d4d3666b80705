/**
 * Our checker against the cases of the CloudEvents project's own conformance set (github.com/cloudevents/conformance, `format/json`, read
 * 2026-11-29): each of its valid and invalid single events by what it shows, written anew, and some further ones of ours.
 */
import { describe, expect, test } from 'vitest'
import { checkCloudEvent } from './cloud-event.ts'

const least = { specversion: '1.0', id: 'e1', type: 'cn.example.test', source: 'https://example.cn' }
const without = (member: keyof typeof least) =>
  Object.fromEntries(Object.entries(least).filter(([name]) => name !== member))

describe('takes', () => {
  test.each<[string, object]>([
    ['the least', least],
    [
      'null for all that is optional',
      { ...least, datacontenttype: null, dataschema: null, subject: null, time: null },
    ],
    [
      'all attributes of the core',
      {
        ...least,
        datacontenttype: 'text/plain',
        dataschema: 'https://example.cn/s',
        subject: 's',
        time: '2018-04-05T17:31:00Z',
      },
    ],
    ['a time in UTC', { ...least, time: '2018-04-05T17:31:00Z' }],
    ['a time to the nanosecond', { ...least, time: '2018-04-05T17:31:00.000000000Z' }],
    ['a time east of UTC', { ...least, time: '2018-04-05T18:31:00+01:00' }],
    ['a time west of UTC', { ...least, time: '2018-04-05T16:31:00-01:00' }],
    ['a relative source', { ...least, source: '#fragment' }],
    ['data that is text', { ...least, datacontenttype: 'text/plain', data: 'Simple text' }],
    [
      'extensions of every type',
      {
        ...least,
        extinteger: 10,
        extboolean: true,
        extstring: 'text',
        exturi: 'https://example.cn',
        exturiref: '//authority/path',
        exttimestamp: '2023-03-31T15:12:00Z',
        extbinary: 'TWE=',
      },
    ],
    ['data in Base64', { ...least, data_base64: 'TWE=' }],
    ['a media type with parameters', { ...least, datacontenttype: 'application/json; charset=utf-8' }],
  ])('%s', (_what, event) => {
    expect(checkCloudEvent(event)).toBeUndefined()
  })
})

describe('refuses', () => {
  test.each<[string, unknown, string?]>([
    ['no specversion', without('specversion'), '/specversion'],
    ['no id', without('id'), '/id'],
    ['no type', without('type'), '/type'],
    ['no source', without('source'), '/source'],
    ['a time of words', { ...least, time: 'lunchtime' }, '/time'],
    ['a time to the minute', { ...least, time: '2018-04-05T18:31Z' }, '/time'],
    ['an offset X', { ...least, time: '2018-04-05T18:31:00X' }, '/time'],
    ['an offset out of range', { ...least, time: '2018-04-05T18:31:00+25:00' }, '/time'],
    ['an offset of letters', { ...least, time: '2018-04-05T18:31:00+xx:00' }, '/time'],
    ['an offset of hours alone', { ...least, time: '2018-04-05T18:31:00+05' }, '/time'],
    ['an empty id', { ...least, id: '' }, '/id'],
    ['an empty type', { ...least, type: '' }, '/type'],
    ['an empty source', { ...least, source: '' }, '/source'],
    ['an empty specversion', { ...least, specversion: '' }, '/specversion'],
    ['an unknown specversion', { ...least, specversion: '0.9' }, '/specversion'],
    ['a data content type that is none', { ...least, datacontenttype: 'xyz' }, '/datacontenttype'],
    ['an empty data content type', { ...least, datacontenttype: '' }, '/datacontenttype'],
    ['an empty data schema', { ...least, dataschema: '' }, '/dataschema'],
    ['an empty subject', { ...least, subject: '' }, '/subject'],
    ['an id that is a number', { ...least, id: 25 }, '/id'],
    ['an id that is an object', { ...least, id: { xyz: 'abc' } }, '/id'],
    ['an extension with capitals', { ...least, MyExtension: 'bad' }, '/MyExtension'],
    ['an extension with a dot', { ...least, 'my.extension': 'bad' }, '/my.extension'],
    ['an extension with a fraction', { ...least, 'my.extension': 1.5 }, '/my.extension'],
    ['data and data_base64', { ...least, data: 'text', data_base64: 'eyAieHl6IjogMTIzIH0=' }],
    ['a fraction under a good name', { ...least, myextension: 1.5 }, '/myextension'],
    ['an extension that is an object', { ...least, myextension: {} }, '/myextension'],
    ['a number beyond 32 bits', { ...least, myextension: 2_147_483_648 }, '/myextension'],
    ['a relative data schema', { ...least, dataschema: 'schema' }, '/dataschema'],
    ['Base64 that is none', { ...least, data_base64: '!' }, '/data_base64'],
    ['a control character', { ...least, subject: 'a\nb' }, '/subject'],
    ['a list', [least]],
    ['nothing', null],
  ])('%s', (_what, event, pointer) => {
    const faults = checkCloudEvent(event)
    expect(faults).toBeDefined()
    if (pointer !== undefined) expect(faults?.map((one) => one.pointer)).toContain(pointer)
  })
})

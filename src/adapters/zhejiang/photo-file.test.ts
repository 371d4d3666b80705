/** One photo's bytes: under the number of a query of its own; the bytes are those that were meant, or none. */
import { describe, expect, test } from 'vitest'
import { asking, bad, foundPhoto as found, photo, photoFile, photosOf } from './test-holdings.ts'
import { answering, pathsOf } from './test-region.ts'
import { dataOf, sample } from './test-vectors.ts'

describe('an identifier serves under the number of its query alone', () => {
  const again = photo({ photoId: 'ph_2' })
  const fetching = (envelopes: readonly unknown[]) => {
    const { link, asked, sent } = answering(envelopes)
    return { done: photosOf(link).fetch({ ...asking, photo: found }), asked, sent }
  }

  test('so that one is asked for at each look, and the listed one is not tried', async () => {
    const { done, asked, sent } = fetching([again, photoFile({ photoId: 'ph_2' })])
    expect((await done).bytes.length).toBeGreaterThan(100)
    expect(pathsOf(sent)).toEqual(['queryPhoto', 'fetchPhoto'])
    const bizNo = 'CSJ209901050000001'
    expect(asked()).toMatchObject([{ bizNo }, { photoId: 'ph_2', bizNo }])
  })

  test.each([
    ['day', { gmtTaken: '2024-03-02 10:00:00' }],
    ['source', { source: 'DRIVING' }],
    ['width', { width: 359 }],
    ['height', { height: null }],
  ])('a photo of another %s is not the one that was chosen', async (_what, changes) => {
    const { done, sent } = fetching([photo({ photoId: 'ph_2', ...changes })])
    await expect(done).rejects.toMatchObject({
      code: 'PHOTO_NOT_FOUND',
      facts: { region: 'zhejiang', operation: 'photo-fetch' },
    })
    expect(pathsOf(sent)).toEqual(['queryPhoto'])
  })

  test('another hour of the same day is the same photo', async () => {
    const { done } = fetching([
      photo({ photoId: 'ph_2', gmtTaken: '2024-03-01 00:00:00' }),
      photoFile({ photoId: 'ph_2' }),
    ])
    expect((await done).contentType).toBe('image/jpeg')
  })

  test('a photo that is not there any more is PHOTO_NOT_FOUND', async () => {
    const { done, sent } = fetching([bad('C-PHOTO-NOT-EXIST')])
    await expect(done).rejects.toMatchObject({ code: 'PHOTO_NOT_FOUND' })
    expect(pathsOf(sent)).toEqual(['queryPhoto'])
  })

  test.each(['C-PHOTO-EXPIRED', 'C-PHOTO-NOT-EXIST'])('one that ends at once (%s) is gone', async (code) => {
    const { done, sent } = fetching([again, bad(code)])
    await expect(done).rejects.toMatchObject({ code: 'PHOTO_NOT_FOUND' })
    expect(pathsOf(sent)).toEqual(['queryPhoto', 'fetchPhoto'])
  })
})

describe('the file', () => {
  test.each([
    ['another photo', { photoId: 'ph_2' }, 'another photo'],
    ['another digest', { sha256: '0'.repeat(64) }, 'digest'],
    ['other bytes', { photoBase64: '/9j/2Q==' }, 'digest'],
    ['no digest', { sha256: null }, 'schema'],
    ['no bytes', { photoBase64: '' }, 'schema'],
    [
      'blanks alone',
      {
        photoBase64: '\r\n',
        sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      },
      'empty',
    ],
    ['a page', { contentType: 'text/html' }, 'schema'],
  ])('with %s is refused', async (_what, changes, reason) => {
    const { link } = answering([photo(), photoFile(changes)])
    await expect(photosOf(link).fetch({ ...asking, photo: found })).rejects.toMatchObject({
      code: 'REGION_ANSWER_INVALID',
      facts: { region: 'zhejiang', operation: 'photo-fetch', reason },
    })
  })

  test('may be in one line, its digest in capitals', async () => {
    const { photoBase64, sha256 } = dataOf(sample('photo-fetch')) as { photoBase64: string; sha256: string }
    const { link } = answering([
      photo(),
      photoFile({ photoBase64: photoBase64.replaceAll(/\s/g, ''), sha256: sha256.toUpperCase() }),
    ])
    expect((await photosOf(link).fetch({ ...asking, photo: found })).bytes).toEqual(
      Buffer.from(photoBase64, 'base64'),
    )
  })
})

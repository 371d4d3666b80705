/** Anhui compares the extension of a file with the material's list letter by letter (contract 4d). */
import { expect, test } from 'vitest'
import { namedFor } from './filing.ts'

const taking = (...formats: readonly string[]) => ({
  documents: [
    {
      id: 'M1',
      name: { zh: '照片' },
      necessity: 'required',
      exemptedBy: [],
      modes: [],
      formats: [...formats],
    },
  ] as never,
})

test.each([
  ['照片.jpeg', ['jpg', 'pdf'], '照片.jpg'],
  ['照片.JPEG', ['JPG'], '照片.jpg'],
  ['照片.jpg', ['jpeg'], '照片.jpeg'],
  ['照片.jpg', ['jpg', 'jpeg'], '照片.jpg'],
  ['说明.pdf', ['jpg'], '说明.pdf'],
  ['照片.jpeg', ['pdf'], '照片.jpeg'],
])('%s for a material that takes %j is sent as %s', (name, formats, sent) => {
  expect(namedFor(name, 'M1', taking(...formats))).toBe(sent)
})

/** The application that benches file, and that made cases have. */
export const APPLICATION = {
  matter: 'zhejiang:330100:33010100000000099009',
  division: '330100',
  sourceDivision: '310000',
  applicant: {
    kind: 'person',
    name: '测试甲',
    idDocument: { type: '111', number: '33010619010203101X' },
    mobile: '10000000001',
    address: '示例地址1号',
  },
  form: { treatArea: '330100', kind: '2', startDate: '2099-01-02' },
  documents: [],
}

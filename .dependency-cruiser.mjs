/** The rooms, and who may import whom. Each rule says what to do instead. */
const rule = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to })
const test = '([.]test|/test-[^/]+)[.]ts$'

export default {
  forbidden: [
    rule(
      'schemas-import-nothing',
      'The canonical language imports itself and the table of problems alone. Move what needs more to the room that has it.',
      { path: '^src/schemas/', pathNot: test },
      { path: '^src/', pathNot: '^src/(schemas/|problems/|errors[.]ts$)' },
    ),
    rule(
      'region-knows-only-the-kit',
      'A region imports its own folder, the kit, schemas and errors. What a second region needs too belongs into the kit.',
      { path: '^src/adapters/(?!kit/|index[.]ts$)([^/]+)/', pathNot: test },
      { path: '^src/', pathNot: '^src/(adapters/$1/|adapters/kit/|schemas/|errors[.]ts$)' },
    ),
    rule(
      'kit-knows-no-region',
      'The kit never imports a region. Hand the difference in as data.',
      { path: '^src/adapters/kit/' },
      { path: '^src/adapters/(?!kit/)' },
    ),
    rule(
      'federation-is-handed-its-adapters',
      'Federation knows the kit’s types and pure helpers, never a region. gateway.ts gives it the adapters.',
      { path: '^src/federation/', pathNot: test },
      { path: '^src/adapters/(?!kit/)' },
    ),
    rule(
      'federation-opens-no-door',
      'Federation is called by the doors and calls none. Return a value instead.',
      { path: '^src/federation/', pathNot: test },
      { path: '^src/(http|portal|cli|sandbox)/' },
    ),
    rule(
      'store-serves-federation',
      'Only federation and the gateway’s own assembly use the store. Call a verb instead.',
      { path: '^src/', pathNot: `^src/(store|federation)/|^src/(gateway|reach)[.]ts$|${test}` },
      { path: '^src/store/(?!index[.]ts$)' },
    ),
    rule(
      'store-looks-down',
      'The store imports schemas and errors alone.',
      { path: '^src/store/', pathNot: test },
      { path: '^src/', pathNot: '^src/(store|schemas)/|^src/errors[.]ts$' },
    ),
    rule(
      'pictures-know-nobody',
      'The picture room takes bytes and rules and gives bytes and verdicts: it imports schemas and errors alone. Hand in what it needs.',
      { path: '^src/pictures/', pathNot: test },
      { path: '^src/', pathNot: '^src/(pictures|schemas)/|^src/errors[.]ts$' },
    ),
    rule(
      'pictures-serve-federation',
      'Only federation opens pictures, where the access is recorded. Call a verb instead.',
      { path: '^src/(?!pictures/|federation/)', pathNot: test },
      { path: '^src/pictures/' },
    ),
    rule(
      'one-room-for-pictures',
      'sharp is imported in src/pictures alone, where its loaders are blocked and its turns are counted.',
      { path: '^src/(?!pictures/)', pathNot: test },
      { path: 'node_modules/sharp/' },
    ),
    rule(
      'doors-call-federation',
      'A door calls verbs. Adapters are handed over in the verbs’ dependencies.',
      { path: '^src/(http|portal|cli)/', pathNot: test },
      { path: '^src/adapters/(?!kit/)' },
    ),
    rule(
      'doors-keep-apart',
      'One door does not know another. Put what both need into federation.',
      { path: '^src/http/', pathNot: test },
      { path: '^src/(portal|cli)/' },
    ),
    rule(
      'client-stands-alone',
      'The typed client is what others install: it imports its own folder alone, and nothing of ours calls the gateway through it.',
      { path: '^src/client/', pathNot: test },
      { path: '^src/(?!client/)' },
    ),
    rule(
      'client-is-for-others',
      'The gateway calls verbs, not itself over HTTP.',
      { path: '^src/(?!client/)', pathNot: test },
      { path: '^src/client/' },
    ),
    rule(
      'one-room-for-sql',
      'SQL is spoken in the store alone.',
      { path: '^src/(?!store/)', pathNot: test },
      { path: 'node_modules/(drizzle-orm|postgres|pg|pg-boss)/' },
    ),
    rule(
      'two-files-for-the-network',
      'undici is spoken by the two transports alone, to regions and to webhooks; take one as an argument.',
      { path: '^src/', pathNot: '^src/adapters/kit/(webhook-)?transport[.]ts$' },
      { path: 'node_modules/undici/' },
    ),
    rule(
      'one-file-for-ajv',
      'Ajv is imported by schemas/validate.ts alone.',
      { path: '^src/', pathNot: '^src/schemas/validate[.]ts$' },
      { path: 'node_modules/ajv/' },
    ),
    rule(
      'sandbox-judges-alone',
      'The sandbox may not agree with an adapter’s mistakes: it imports no table and no signer, only the words of the schemas.',
      { path: '^src/sandbox/', pathNot: test },
      { path: '^src/', pathNot: '^src/(sandbox/|schemas/)' },
    ),
    rule(
      'sandbox-shares-no-table',
      'What both sides read cannot find the fault of either. The sandbox has its own data; the holidays of the country alone are no table of a contract.',
      { path: '^src/sandbox/', pathNot: test },
      { path: '^(data/(?!holidays[.]json$)|test/)' },
    ),
    rule(
      'adapters-share-no-table',
      'What both sides read cannot find the fault of either. A region’s codes stand in its own folder.',
      { path: '^src/adapters/', pathNot: test },
      { path: '^(data|test)/' },
    ),
    rule(
      'sandbox-reaches-no-adapter',
      'Not through a third file either.',
      { path: '^src/sandbox/', pathNot: test },
      { path: '^src/adapters/', reachable: true },
    ),
    rule(
      'adapters-reach-no-sandbox',
      'Not through a third file either.',
      { path: '^src/adapters/', pathNot: test },
      { path: '^src/sandbox/', reachable: true },
    ),
    rule(
      'sandbox-stays-home',
      'Production code reaches no sandbox; main.ts loads it when it is switched on.',
      { path: '^src/(?!sandbox/|main[.]ts$)', pathNot: test },
      { path: '^src/sandbox/' },
    ),
    rule(
      'conformance-judges-from-outside',
      'The kit speaks to a platform as an adapter does, and knows nothing of the gateway behind: it imports adapters and schemas alone.',
      { path: '^src/conformance/', pathNot: test },
      { path: '^src/', pathNot: '^src/(conformance|adapters|schemas)/|^src/errors[.]ts$' },
    ),
    rule(
      'conformance-is-a-command',
      'Nothing of the gateway needs the kit: the command line alone runs it.',
      { path: '^src/(?!conformance/|cli/)', pathNot: test },
      { path: '^src/conformance/' },
    ),
    rule(
      'no-tests-in-production',
      'Production code reaches no test and no fixture.',
      { path: '^src/', pathNot: test },
      { path: `^test/|${test}|/fixtures/` },
    ),
    rule(
      'no-cycle',
      'A circle of imports has no bottom. Take out what both sides need.',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    rule(
      'no-orphan',
      'Nobody imports this file. Delete it, or use it. What browsers are served stands in portal/assets.',
      { orphan: true, pathNot: `${test}|^test/|[.]d[.]ts$|^src/portal/assets/` },
      {},
    ),
    rule('resolvable', 'This import leads nowhere.', {}, { couldNotResolve: true }),
    rule(
      'no-dev-dependency',
      'Production code needs a real dependency.',
      { path: '^src/', pathNot: `${test}|/test-` },
      // Whoever plays the regions in a test of theirs brings Mock Service Worker: it is a peer, and here a tool of the tests.
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['npm-peer'] },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}

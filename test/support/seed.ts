import fc from 'fast-check';

// The same documents in every run; `CONVO_SEED=$RANDOM npx vitest run test/conformance` looks for others.
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(process.env['CONVO_SEED'] ?? 20260601) });

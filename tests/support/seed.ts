import fc from 'fast-check';

/**
 * Properties draw the same cases in every `npm test`, so that what failed fails again and nobody is stopped by chance;
 * `npm run test:long` draws others.
 */
fc.configureGlobal({ seed: Number(process.env.BYLAW_SEED ?? 20_261_128) });

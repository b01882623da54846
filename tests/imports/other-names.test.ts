import { describe, expect, it } from 'vitest';
import { assessing } from './assessing.ts';
import { csv } from './support.ts';

const taken = async (name: string, ...lines: readonly string[]) => {
  const { files, verdict } = await assessing({ files: { [name]: csv(...lines) } });
  return { file: files[0], verdict };
};
const people = ['Ann Abel', 'Ben Boom', 'Cleo Clay', 'Dan Dole', 'Eva Eck', 'Finn Fox'];

describe('lists under other names', () => {
  it('takes completions of a policy course for acknowledgements', async () => {
    const { file } = await taken(
      'completions.csv',
      'Learner,Learner email,Course,Completion status,Completion date',
      ...people.map((name, at) =>
        at === 0
          ? `${name},p${at}@alder.example.org,Claude policy v3,In progress,`
          : `${name},p${at}@alder.example.org,Claude policy v3,Completed,2026-09-20`,
      ),
    );
    expect(file).toMatchObject({ outcome: 'taken', kind: 'acknowledgements', rows: 6 });
  });

  it('does not take completions of another course for them', async () => {
    const { file } = await taken(
      'completions.csv',
      'Learner,Learner email,Course,Completion status,Completion date',
      ...people.map((name, at) => `${name},p${at}@alder.example.org,Fire safety,Completed,2026-09-20`),
    );
    expect(file?.outcome).toBe('not_placed');
  });

  it('takes figures that were written down from the screen, and asks which days they cover', async () => {
    const { file, verdict } = await taken(
      'usage screen.csv',
      'Member,Messages,Projects,Last active',
      ...people.map((name, at) => `${name},${at === 0 ? 900 : 40},2,2026-11-20`),
    );
    expect(file).toMatchObject({ outcome: 'taken', kind: 'usage', rows: 6 });
    expect(file?.notes.map(({ says }) => says).join(' ')).toContain('Which days do these figures cover?');
    expect(verdict('CLA-VIS-01').state).not.toBe('pass');
  });
});

import { type AnyRule, register } from '../registry.ts';
import { acknowledged } from './acknowledged.ts';
import { clauseOnly } from './clause-only.ts';
import { policyClauses } from './clauses.ts';
import { policyContact } from './contact.ts';
import { employmentClause } from './employment-clause.ts';
import { noticeCovers } from './notice-covers.ts';
import { publishedFirst } from './published-first.ts';

export const rules: readonly AnyRule[] = [
  register(publishedFirst),
  register(policyClauses),
  register(acknowledged),
  register(policyContact),
  register(noticeCovers),
  register(clauseOnly),
  register(employmentClause),
];

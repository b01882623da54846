import type { HandlersOf } from '../handlers-of.ts';
import type { claudeMembersContract } from './contract.ts';
import { listProjects, nameProjects, readProjects, settleProject } from './projects.ts';

export const claudeMembersHandlers: HandlersOf<typeof claudeMembersContract> = {
  projects: listProjects,
  readProjects,
  nameProjects,
  settleProject,
};

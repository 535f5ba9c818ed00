/** The 27 settings of Sabre's benchmark collection 1.1: problem and limits. The files are not here. */
import type { SeekLimits } from "@fabula/model";

export interface Setting {
  readonly name: string;
  readonly problem: string;
  readonly limits: SeekLimits;
}

const rows = `
bribery bribery 1 5 5 2
deerhunter_any deerhunter 1 10 6 1
deerhunter_both deerhunter 2 10 6 1
secretagent secretagent 1 8 8 1
aladdin_any aladdin 1 13 10 2
aladdin_both aladdin 2 13 10 2
hospital_any hospital 1 11 5 3
hospital_both hospital 2 11 5 3
basketball_any basketball 1 7 5 2
basketball_both basketball 2 7 5 2
western western 1 8 5 1
fantasy_any fantasy 1 9 3 2
fantasy_two fantasy 2 9 3 2
fantasy_all fantasy 3 9 3 2
space_any space 1 9 3 1
space_two space 2 9 3 1
space_three space 3 9 3 1
space_four space 4 9 3 1
space_all space 5 9 3 1
raiders raiders 1 7 4 1
treasure treasure 1 4 4 3
gramma_any gramma 1 6 5 2
gramma_win gramma 2 6 5 2
jailbreak_lose jailbreak 1 7 6 1
jailbreak_escape jailbreak 3 7 6 1
jailbreak_revenge jailbreak 6 7 6 1
lovers lovers 1 5 5 2
`;

export const settings: readonly Setting[] = rows
  .trim()
  .split("\n")
  .map((row) => {
    const [name, problem, goal, author, character, epistemic] = row.split(" ");
    return {
      name: name!,
      problem: problem!,
      limits: {
        goal: Number(goal),
        authorTemporalLimit: Number(author),
        characterTemporalLimit: Number(character),
        epistemicLimit: Number(epistemic),
      },
    };
  });

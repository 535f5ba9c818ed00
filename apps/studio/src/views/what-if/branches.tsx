/** The branches of this story that were given a name, as a tree. */
import { useState } from "react";
import { useSession } from "../../shell/session";
import {
  type Branch,
  type BranchNode,
  branchTree,
  keepBranches,
  keptBranches,
} from "./kept-branches";

export function Branches() {
  const { place, go } = useSession();
  const [branches, setBranches] = useState(() => keptBranches(place.story));
  const [name, setName] = useState("");
  const [lost, setLost] = useState(false);
  const keep = (next: readonly Branch[]) => {
    setBranches(next);
    setLost(!keepBranches(place.story, next));
  };
  const { seed, changes } = place;
  const here = (branch: Branch) =>
    branch.seed === seed && JSON.stringify(branch.changes) === JSON.stringify(changes);
  const show = (nodes: readonly BranchNode[]) => (
    <ul>
      {nodes.map(({ branch, children }) => (
        <li key={branch.name}>
          <button
            type="button"
            className={here(branch) ? "link chosen" : "link"}
            aria-current={here(branch) ? "true" : undefined}
            onClick={() => go({ seed: branch.seed, changes: branch.changes, at: -1 })}
          >
            {branch.name}
          </button>{" "}
          <button
            type="button"
            className="quiet"
            aria-label={`Forget ${branch.name}`}
            onClick={() => keep(branches.filter((one) => one !== branch))}
          >
            forget
          </button>
          {children.length > 0 && show(children)}
        </li>
      ))}
    </ul>
  );
  return (
    <aside className="inspector beside" aria-label="Branches">
      <h2>Branches</h2>
      <ul>
        <li>
          <button
            type="button"
            className={changes.length === 0 ? "link chosen" : "link"}
            onClick={() => go({ changes: [], at: -1 })}
          >
            as written
          </button>
          {branches.length > 0 && show(branchTree(branches))}
        </li>
      </ul>
      {changes.length > 0 && !branches.some(here) && (
        <form
          className="ask-line"
          onSubmit={(event) => {
            event.preventDefault();
            const wanted = name.trim() || changes.join("; ");
            const others = branches.filter((one) => one.name !== wanted);
            keep([...others, { name: wanted, seed, changes }]);
            setName("");
          }}
        >
          <input
            type="text"
            value={name}
            aria-label="Name of this branch"
            placeholder="name this branch"
            onChange={(event) => setName(event.target.value)}
          />
          <button type="submit">Keep</button>
        </form>
      )}
      {lost && <p role="alert">This browser keeps nothing: the names last as long as the page.</p>}
      <p className="note-line">
        Names are kept in this browser. The address holds the branch itself.
      </p>
    </aside>
  );
}

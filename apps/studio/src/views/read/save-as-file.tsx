/** Takes what is read along, as a file that the engine writes. */
import { publishedPage } from "fabula/published-page";
import { useState } from "react";
import type { Ask, Failure } from "../../engine/protocol";
import { failureOf } from "../../engine/use-engine";
import { download } from "../../files/download";
import { Failed } from "../../parts/waiting";
import { useSession } from "../../shell/session";
import { type FileForm, type FileFormName, fileForms, fileNameOf } from "./file-forms";

type Saving =
  | { readonly state: "idle" | "writing" }
  | { readonly state: "saved"; readonly name: string }
  | { readonly state: "failed"; readonly failure: Failure };

/** `page` is what is read. */
export function SaveAsFile({ page }: { readonly page: Ask<"page"> }) {
  const { client, place, eyes, template } = useSession();
  const [form, setForm] = useState<FileFormName>("epub");
  const [saving, setSaving] = useState<Saving>({ state: "idle" });
  const contentOf = async (wanted: FileFormName): Promise<string | Uint8Array> => {
    if (wanted !== "playable") return (await client.ask("tell", { ...page, form: wanted })).text;
    if (template === undefined) throw new Error("no page can be made here");
    const as = eyes === undefined ? {} : { as: eyes.name };
    return publishedPage(await template(), await client.ask("publish", { key: page.key, ...as }));
  };
  const offered = (Object.entries(fileForms) as [FileFormName, FileForm][]).filter(
    ([name]) => name !== "playable" || template !== undefined,
  );
  const save = async () => {
    if (saving.state === "writing") return;
    setSaving({ state: "writing" });
    const name = fileNameOf(place.story, place.telling || eyes?.name, fileForms[form]);
    try {
      const text = await contentOf(form);
      download(name, text, fileForms[form].type);
      setSaving({ state: "saved", name });
    } catch (error) {
      setSaving({ state: "failed", failure: failureOf(error) });
    }
  };
  return (
    <>
      <div className="save">
        <label>
          <span>As a file</span>
          <select value={form} onChange={(event) => setForm(event.target.value as FileFormName)}>
            {offered.map(([name, one]) => (
              <option key={name} value={name}>
                {one.title} ({one.ending})
              </option>
            ))}
          </select>
        </label>
        <button type="button" className="quiet" onClick={save}>
          Save
        </button>
      </div>
      <p className="save-state" role="status">
        {saving.state === "writing" && "Writing the file …"}
        {saving.state === "saved" && `Saved as ${saving.name}`}
      </p>
      {saving.state === "failed" && <Failed failure={saving.failure} again={save} />}
    </>
  );
}

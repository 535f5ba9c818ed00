/** The writer's own texts over HTTP. */
import { textLengthMax } from "@fabula/model";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { type Workspace, WorkspaceError } from "./workspace.js";

const entry = z.object({ path: z.string(), version: z.string() });
const fileText = entry.extend({ text: z.string() });
const problem = z.object({ message: z.string(), current: fileText.optional() });
const version = z.string().regex(/^([0-9a-f]{16})?$/, "a version is 16 hexadecimal digits");
const path = z.object({ "*": z.string().max(1000) });

export function addFileRoutes(server: FastifyInstance, workspace: Workspace): void {
  const routes = server.withTypeProvider<ZodTypeProvider>();
  const failures = { 400: problem, 404: problem, 409: problem, 413: problem, 507: problem };

  routes.get(
    "/api/files",
    {
      schema: {
        summary: "Every text of the folder, with what is in it; and those too large to be read",
        response: {
          200: z.object({
            folder: z.string(),
            files: z.array(fileText),
            unread: z.array(z.object({ path: z.string(), message: z.string() })),
          }),
        },
      },
    },
    () => ({
      folder: workspace.folder,
      files: workspace.list().map((one) => workspace.read(one.path)),
      unread: workspace.unread(),
    }),
  );

  routes.get(
    "/api/files/*",
    { schema: { summary: "One text", params: path, response: { 200: fileText, ...failures } } },
    (request) => workspace.read(request.params["*"]),
  );

  routes.put(
    "/api/files/*",
    {
      schema: {
        summary: "Saves a text: only over the version that was edited",
        params: path,
        body: z.object({ text: z.string().max(textLengthMax), base: version }),
        response: { 200: entry, ...failures },
      },
    },
    (request) => workspace.write(request.params["*"], request.body.text, request.body.base),
  );

  routes.delete(
    "/api/files/*",
    {
      schema: {
        summary: "Takes a text away; its versions are kept",
        params: path,
        querystring: z.object({ base: version }),
        response: { 200: z.object({}), ...failures },
      },
    },
    (request) => {
      workspace.remove(request.params["*"], request.query.base);
      return {};
    },
  );

  routes.get(
    "/api/history/*",
    {
      schema: {
        summary: "Versions that were kept of a text, latest first",
        params: path,
        response: {
          200: z.array(z.object({ number: z.number(), version: z.string() })),
          ...failures,
        },
      },
    },
    (request) => workspace.history(request.params["*"]),
  );

  routes.get(
    "/api/versions/:number/*",
    {
      schema: {
        summary: "One kept version of a text",
        params: path.extend({ number: z.coerce.number().int().min(1) }),
        response: { 200: fileText, ...failures },
      },
    },
    (request) => workspace.readVersion(request.params["*"], request.params.number),
  );

  server.setErrorHandler((error, _request, reply) => {
    if (error instanceof WorkspaceError) {
      const { message, current } = error;
      return reply
        .status(error.status)
        .send(current === undefined ? { message } : { message, current });
    }
    const { statusCode = 500, message } = error as { statusCode?: number; message: string };
    return reply.status(statusCode).send({
      message: statusCode < 500 ? message : "this should not have happened: a defect of Fabula",
    });
  });
}

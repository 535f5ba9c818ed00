import { readFileSync, readdirSync } from "node:fs";
const L:any = await import("/work/main/packages/language/src/lower/index.ts");
const E:any = await import("/work/main/packages/engine/src/index.ts");
const M:any = await import("/work/main/packages/engine/src/minds/index.ts");
export const mods:any[]=[];
for (const d of ["std","leaf"]) for (const f of readdirSync(`/work/main/worlds/${d}`)) if (f.endsWith(".fabula")) { const t=readFileSync(`/work/main/worlds/${d}/${f}`,"utf8"); const m=/^module (\S+)/m.exec(t); mods.push({m:m![1], name:`${d}/${f}`, text:t}); }
export const find=(n:string)=>mods.filter(x=>x.m===n||x.m.startsWith(n+".")).map(x=>({name:x.name,text:x.text}));
const args=process.argv.slice(2); const story=args[0]!; const seed=+(args[1]??1); const flags=new Set(args.slice(2));
const file=`/work/main/worlds/leaf/stories/${story}.fabula`;
const c=L.compileStory({name:file,text:readFileSync(file,"utf8")},find);
for (const d of c.diagnostics) console.log(d.severity,d.span?.source,d.span?.line,d.message);
const w=c.world;
let changes:any[]=[]; const wi=[...flags].find(f=>f.startsWith("X")); if(wi){changes=w.story.whatifs.find((x:any)=>x.id===wi).changes;}
const t0=Date.now();
const jit=[...flags].find(f=>f.startsWith("j="));
const sim=E.createSimulation({world:w,seed,changes,jitter:jit?+jit.slice(2):0,createMinds:M.createMinds});
sim.run();
const t1=Date.now();
const W=sim.world;
const D=(x:number)=>L.describeExpression(W,x);
const nameOf=(e:number)=>W.entities[e]?.name??("#"+e);
const val=(v:number,t:any)=>t?.kind==="entity"?nameOf(v):(t?.kind==="claim"||t?.kind==="deed")?D(v):String(v);
const ch=sim.chronicle;
const verbose=flags.has("-v"), bel=flags.has("-b"), all=flags.has("-a"), wr=flags.has("-w");
for (let i=0;i<ch.count;i++){ const o=ch.get(i); const t=((o.time-W.story.begins)/1000).toFixed(1).padStart(7);
 if(o.kind==="decision"||o.kind==="kept-back"){ const d=o.decision; const show=verbose||d.outcome!=="acts"; if(!show) continue;
  console.log(t,"   ",o.kind,nameOf(d.who),d.outcome,d.chosen>=0?D(d.chosen):"",d.request>=0?"req "+D(d.request):"",d.margin?JSON.stringify(Object.fromEntries(Object.entries(d.margin).map(([k,v]:any)=>[k,+v.toFixed(2)]))):"");
  if(verbose||o.kind==="kept-back") for(const r of d.reasons.slice(0,flags.has("-V")?30:6)) console.log("             ",r.gain.toFixed(2).padStart(6),r.deed>=0?D(r.deed):"nothing","urge",r.urge.toFixed(2),"rel",r.reluctance.toFixed(2),r.wants.map((x:any)=>(x.want>=0?D2(x.want):"?")+":"+x.gain.toFixed(2)).join(" "));
  continue; }
 if(o.kind==="belief"){ if(bel){const b=o.belief; console.log(t,"   ~",nameOf(b.holder),D(b.claim),b.before.toFixed(2),"->",b.after.toFixed(2),b.source);} continue;}
 const sch=o.kind==="rule"?W.rules[o.schema]:(["started","ended","interrupted","failed"].includes(o.kind)?W.actions[o.schema]:undefined);
 if(o.kind==="started"&&!all) continue;
 console.log(t,o.kind,sch?sch.name:"","("+(sch?sch.parameters.map((p:any,k:number)=>val(o.args[k],p.type)).join(", "):"")+")", wr?o.writes.map((x:any)=>W.fluents[x.fluent].name+"["+x.args.map(nameOf)+"]="+(+x.value.toFixed(3))).join(" "):"");
}
function D2(id:number){ const x=W.wants[id]; return D(x.claim).slice(0,40); }
for(const d of sim.diagnostics) console.log("FAULT",d.code,d.message,d.span?.source,d.span?.line);
console.log("occ",ch.count,"ms",t1-t0,"end",((sim.now-W.story.begins)/1000).toFixed(1), JSON.stringify(sim.kernel.minds?.work));

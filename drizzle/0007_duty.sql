CREATE TYPE "public"."duty_period" AS ENUM('day', 'night');--> statement-breakpoint
CREATE TABLE "leave" (
	"id" uuid PRIMARY KEY NOT NULL,
	"officer" text NOT NULL,
	"from_day" date NOT NULL,
	"to_day" date NOT NULL,
	"note" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "roster" (
	"desk" text NOT NULL,
	"day" date NOT NULL,
	"period" "duty_period" NOT NULL,
	"officer" text NOT NULL,
	CONSTRAINT "roster_desk_day_period_pk" PRIMARY KEY("desk","day","period")
);
--> statement-breakpoint
CREATE TABLE "standing" (
	"id" uuid PRIMARY KEY NOT NULL,
	"uscc" text NOT NULL,
	"officer" text NOT NULL,
	"stand_in" text,
	"from_day" date NOT NULL,
	"to_day" date
);
--> statement-breakpoint
ALTER TABLE "desks" ADD COLUMN "districts" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "desks" ADD COLUMN "industries" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "desks" ADD COLUMN "hours" jsonb;--> statement-breakpoint
ALTER TABLE "desks" ADD COLUMN "lead" text;--> statement-breakpoint
ALTER TABLE "staff" ADD COLUMN "successor" text;--> statement-breakpoint
ALTER TABLE "leave" ADD CONSTRAINT "leave_officer_staff_id_fk" FOREIGN KEY ("officer") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roster" ADD CONSTRAINT "roster_officer_staff_id_fk" FOREIGN KEY ("officer") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "standing" ADD CONSTRAINT "standing_officer_staff_id_fk" FOREIGN KEY ("officer") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "standing" ADD CONSTRAINT "standing_stand_in_staff_id_fk" FOREIGN KEY ("stand_in") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "leave_officer" ON "leave" USING btree ("officer","to_day");--> statement-breakpoint
CREATE INDEX "standing_uscc" ON "standing" USING btree ("uscc");
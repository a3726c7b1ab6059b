//! Stand-in, replaced next.
use crate::clock::stamp;
use crate::group::*;

/// The listing.
pub fn listing(size: usize, seed: u64, now: i64) -> Vec<Group> {
    (0..size)
        .map(|i| {
            let id = format!("3{:0>29}", format!("WL{seed}X{i}"));
            let requester = format!("A{:0>13}", format!("R{}", i % 7));
            Group {
                accept_project_task_url: format!("/projects/{id}/tasks/accept_random?ref=w_pl_prvw"),
                requester_url: format!("/requesters/{requester}/projects?ref=w_pl_prvw"),
                project_tasks_url: format!("/projects/{id}/tasks?ref=w_pl_prvw"),
                hit_set_id: id,
                requester_id: requester,
                requester_name: format!("Lab {}", i % 7),
                title: format!("Answer a short survey (~ {} minutes)", 3 + i % 20),
                description: "A survey about everyday choices.".into(),
                assignment_duration_in_seconds: 3600,
                creation_time: stamp(now - 600),
                last_updated_time: stamp(now - 600),
                latest_expiration_time: stamp(now + 86_400),
                assignable_hits_count: 1,
                caller_meets_requirements: true,
                caller_meets_preview_requirements: true,
                monetary_reward: Reward::usd_cents(50),
                project_requirements: vec![],
                requester_info: RequesterInfo::default(),
            }
        })
        .collect()
}
